package web

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/measure"
)

// schema is a JSON Schema, as OpenAPI 3.1 takes it.
type schema map[string]any

// schemas are the schemas of named types, made once each.
type schemas map[string]schema

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	rawType      = reflect.TypeFor[json.RawMessage]()
	estimateType = reflect.TypeFor[measure.Estimate]()
	doubtType    = reflect.TypeFor[measure.Doubt]()
	writesText   = reflect.TypeFor[encoding.TextMarshaler]()
	writesJSON   = reflect.TypeFor[json.Marshaler]()
)

// of gives the schema of what encoding/json writes for a type. A type that
// writes itself and isn't known here may be anything.
func (all schemas) of(t reflect.Type) schema {
	switch {
	case t == timeType:
		return schema{"type": "string", "format": "date-time"}
	case t == durationType:
		return schema{"type": "integer", "description": "nanoseconds"}
	case t == rawType, t.Kind() == reflect.Interface:
		return schema{}
	case t == doubtType:
		return schema{"type": "string"}
	case t == estimateType:
		return all.named("Estimate", func() schema { return estimate })
	case t.Kind() == reflect.Pointer:
		return schema{"anyOf": []any{all.of(t.Elem()), schema{"type": "null"}}}
	case t.Implements(writesJSON):
		return schema{}
	case t.Implements(writesText):
		return schema{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return schema{"type": "number"}
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return schema{"type": []string{"string", "null"}, "contentEncoding": "base64"}
		}
		return schema{"type": []string{"array", "null"}, "items": all.of(t.Elem())}
	case reflect.Map:
		return schema{"type": []string{"object", "null"}, "additionalProperties": all.of(t.Elem())}
	case reflect.Struct:
		if t.Name() == "" {
			return all.object(t)
		}
		return all.named(nameOf(t), func() schema { return all.object(t) })
	}
	return schema{"type": "integer"}
}

// nameOf is a type's name among the schemas: account.User is AccountUser; those of
// this package and the packages below it have no prefix.
func nameOf(t reflect.Type) string {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	name = strings.NewReplacer("[", "Of", "]", "", ".", "", "/", "", "*", "").Replace(name)
	whole := strings.TrimPrefix(t.PkgPath(), module+"internal/")
	if kept := keptNames[whole+"."+name]; kept != "" {
		return kept
	}
	if whole == "web" || strings.HasPrefix(whole, "web/") {
		return name
	}
	last := whole[strings.LastIndexByte(whole, '/')+1:]
	return strings.ToUpper(last[:1]) + last[1:] + name
}

const module = "github.com/entregent/entregent/"

// keptNames are names that schemas had before their types were called otherwise:
// programs may be made of them.
var keptNames = map[string]string{
	"web.MessageView":      "Said",
	"web/work.ViewersView": "LookView",
	"web.Paging":           "PageOf",
	"account.OwnedToken":   "Token",
	"inbox.Facet":          "Tag",
	"inbox.Viewer":         "Looker",
	"public.Cell":          "Cell",
	"public.Value":         "Valued",
	"source/api.Answer":    "OutgoingMessage",
	"source/api.Result":    "Fate",
}

// named refers to a schema by name, and makes it the first time.
func (all schemas) named(name string, is func() schema) schema {
	if _, known := all[name]; !known {
		all[name] = nil // a type that holds itself refers to itself
		all[name] = is()
	}
	return schema{"$ref": "#/components/schemas/" + name}
}

// object gives the schema of a struct: every field is there unless it may be
// left out.
func (all schemas) object(t reflect.Type) schema {
	properties, required := map[string]any{}, []string{}
	all.properties(t, properties, &required)
	s := schema{"type": "object", "properties": properties}
	if len(required) > 0 {
		slices.Sort(required)
		s["required"] = required
	}
	return s
}

func (all schemas) properties(t reflect.Type, into map[string]any, required *[]string) {
	for f := range eachField(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" && options == "" {
			continue
		}
		if f.Anonymous && name == "" {
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct {
				all.properties(inner, into, required)
				continue
			}
		}
		if !f.IsExported() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		into[name] = all.of(f.Type)
		if !strings.Contains(options, "omit") && !slices.Contains(*required, name) {
			*required = append(*required, name)
		}
	}
}

// eachField gives a struct's fields, those of its embedded structs first, so that
// its own stand.
func eachField(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, embedded := range []bool{true, false} {
			for i := range t.NumField() {
				if f := t.Field(i); f.Anonymous == embedded && !yield(f) {
					return
				}
			}
		}
	}
}

// estimate is what measure.Estimate writes.
var estimate = schema{
	"type":        "object",
	"description": "A number with its bounds, what it rests on and what is to be doubted about it. What the data can't say is null.",
	"properties": map[string]any{
		"center": schema{"type": []string{"number", "null"}}, "lo": schema{"type": []string{"number", "null"}}, "hi": schema{"type": []string{"number", "null"}},
		"confidence": schema{"type": "number"}, "n": schema{"type": "integer"}, "unit": schema{"type": "string"},
		"doubts": schema{"type": "array", "items": schema{"type": "string"}},
	},
	"required": []string{"center", "confidence", "doubts", "hi", "lo", "n", "unit"},
}
