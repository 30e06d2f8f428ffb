package open

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/entregent/entregent/conversation"
)

// Mapping is how files of one shape are read: what a person corrected once, kept
// in a file for the next one.
type Mapping struct {
	Form         conversation.Form      `toml:"form,omitempty" json:"form,omitempty" comment:"What the files are."`
	Columns      map[string]string      `toml:"columns,omitempty" json:"columns,omitempty" comment:"By field, the column or key that holds it."`
	Sides        map[string]string      `toml:"sides,omitempty" json:"sides,omitempty" comment:"What the source's words for who speaks mean: organisation or community."`
	Organisation []string               `toml:"organisation,omitempty" json:"organisation,omitempty" comment:"Who the organisation is."`
	Dates        conversation.DateOrder `toml:"dates,omitempty" json:"dates,omitempty" comment:"What 03/04/2011 means: dmy or mdy."`
	Charset      string                 `toml:"charset,omitempty" json:"charset,omitempty" comment:"In which letters the files are written."`
	TimeZone     string                 `toml:"time_zone,omitempty" json:"time_zone,omitempty" comment:"Of times that don't say theirs."`
}

// ReadMapping reads a mapping from a TOML file, or a JSON file when its name
// ends so.
func ReadMapping(path string) (*Mapping, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, opening(path, err)
	}
	m := &Mapping{}
	if isJSON(path) {
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		err = d.Decode(m)
	} else {
		d := toml.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		err = d.Decode(m)
		var strange *toml.StrictMissingError
		if errors.As(err, &strange) {
			err = fmt.Errorf("it knows no key %s; there are form, columns, sides, organisation, dates, charset, time_zone", strings.Join(strange.Errors[0].Key(), "."))
		}
	}
	if err == nil {
		_, err = m.sides()
	}
	if err == nil {
		_, err = m.Location()
	}
	if err != nil {
		return nil, fmt.Errorf("reading the mapping %s: %w", path, err)
	}
	return m, nil
}

func isJSON(path string) bool { return strings.EqualFold(filepath.Ext(path), ".json") }

// Write writes the mapping as TOML, or as JSON for a file whose name ends so.
func (m *Mapping) Write(w io.Writer, path string) error {
	if isJSON(path) {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(m)
	}
	return toml.NewEncoder(w).Encode(m)
}

// Location is the mapping's time zone; nil when it names none.
func (m *Mapping) Location() (*time.Location, error) {
	if m.TimeZone == "" {
		return nil, nil
	}
	zone, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("%q is no time zone: write Europe/Paris", m.TimeZone)
	}
	return zone, nil
}

// Sides reads what words for who speaks mean.
func (m *Mapping) sides() (map[string]conversation.Side, error) { return Sides(m.Sides) }

// Sides reads, by the source's word, which side it means.
func Sides(words map[string]string) (map[string]conversation.Side, error) {
	sides := map[string]conversation.Side{}
	for word, name := range words {
		s, err := conversation.ParseSide(name)
		if err != nil || s == conversation.Unknown {
			return nil, fmt.Errorf("side %s=%s: a side is organisation or community", word, name)
		}
		sides[word] = s
	}
	return sides, nil
}

// Apply sets what o leaves open.
func (m *Mapping) Apply(o *conversation.ReadOptions) (err error) {
	if o.Form == "" {
		o.Form = m.Form
	}
	if len(o.Columns) == 0 {
		o.Columns = m.Columns
	}
	if len(o.Sides) == 0 {
		if o.Sides, err = m.sides(); err != nil {
			return err
		}
	}
	if o.Dates == "" {
		o.Dates = m.Dates
	}
	if o.Charset == "" {
		o.Charset = m.Charset
	}
	if o.Location == nil {
		if o.Location, err = m.Location(); err != nil {
			return err
		}
	}
	if o.Organisation == nil && len(m.Organisation) > 0 {
		o.Organisation, err = conversation.ReadRoster(strings.NewReader(strings.Join(m.Organisation, "\n")), "the mapping")
	}
	return err
}

// Learn makes the mapping of files that were read into log as o says. entries is
// who the organisation is, as Roster takes it.
func Learn(log *conversation.Log, o conversation.ReadOptions, entries string) (*Mapping, error) {
	f := log.Facts()
	m := &Mapping{Form: o.Form, Columns: map[string]string{}, Sides: map[string]string{}, Dates: o.Dates, Charset: o.Charset}
	if len(f.Forms) > 1 {
		return nil, fmt.Errorf("these files are of %d forms: a mapping is for files of one; save one for each", len(f.Forms))
	}
	for form := range f.Forms {
		m.Form = form
	}
	known := conversation.Fields()
	for field, column := range f.Columns {
		if field != "thread" && slices.Contains(known, field) { // a thread may be found by an address or a subject: it will be again
			m.Columns[field] = column
		}
	}
	for field, column := range o.Columns {
		m.Columns[field] = column
	}
	for word, side := range o.Sides {
		m.Sides[word] = side.String()
	}
	if o.Location != nil && o.Location != time.UTC {
		m.TimeZone = o.Location.String()
	}
	var err error
	m.Organisation, err = entriesOf(entries)
	return m, err
}

// entriesOf lists who the organisation is, from the file of that name or as
// they were given.
func entriesOf(entries string) (list []string, err error) {
	if entries == "" {
		return nil, nil
	}
	info, err := os.Stat(entries)
	if err != nil || info.IsDir() {
		for entry := range strings.SplitSeq(entries, ",") {
			list = append(list, strings.TrimSpace(entry))
		}
		return list, nil
	}
	b, err := os.ReadFile(entries)
	if err != nil {
		return nil, opening(entries, err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list, nil
}
