package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/lang"
)

// defaultBody is how long a request may be, in bytes, where its route doesn't say.
const defaultBody = 1 << 20

// bodyLimit is how long a request may be.
func bodyLimit(route Route) int64 {
	if route.Limit > 0 {
		return route.Limit
	}
	return defaultBody
}

// Decode reads what was sent into the struct that in points to: a JSON body by
// its tags, or a form whose fields have the same names.
func (r *Request) Decode(in any) error {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		d := json.NewDecoder(r.Body)
		d.DisallowUnknownFields()
		if err := d.Decode(in); err != nil {
			var long *http.MaxBytesError
			if errors.As(err, &long) {
				return err
			}
			if errors.Is(err, io.EOF) {
				return lang.Invalid("body", "error.empty-body")
			}
			return lang.Invalid("body", "error.json", err.Error())
		}
		return nil
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	v := reflect.ValueOf(in).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" || !r.Form.Has(name) {
			continue
		}
		if !set(v.Field(i), r.Form[name]) {
			return lang.Invalid(name, "error.value", r.Form.Get(name))
		}
	}
	return nil
}

// set writes a form's values into a field.
func set(field reflect.Value, values []string) bool {
	text := strings.TrimSpace(values[0])
	switch at := field.Addr().Interface().(type) {
	case *time.Time:
		if text == "" {
			return true
		}
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02"} {
			if t, err := time.Parse(layout, text); err == nil {
				*at = t
				return true
			}
		}
		return false
	case *[]string:
		*at = values
		return true
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(values[0])
	case reflect.Bool:
		field.SetBool(text == "on" || text == "true" || text == "1")
	case reflect.Int, reflect.Int64:
		if text == "" {
			return true
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return false
		}
		field.SetInt(n)
	case reflect.Float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return false
		}
		field.SetFloat(x)
	default:
		return false
	}
	return true
}

// Number reads a whole number of the query; fallback when there is none that
// makes sense.
func (r *Request) Number(name string, fallback int) int {
	if n, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && n >= 0 {
		return n
	}
	return fallback
}

// Now is the server's clock.
func (r *Request) Now() time.Time { return r.Server.Now() }
