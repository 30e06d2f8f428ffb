package app

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Config is all that an operator can choose. Each setting has one name: as a
// flag (--listen), in the environment (ENTREGENT_LISTEN), in a TOML file
// (listen = "…"); a flag wins over the environment, and that over the file.
// What the people of the house choose (who is us, hours, the public page) isn't
// here: it is set on the pages and kept in the store. The tags are the
// documentation: [Describe] prints them.
type Config struct {
	Data     string `name:"data" toml:"data" env:"ENTREGENT_DATA" default:"entregent-data" placeholder:"DIR" help:"Folder of the house: its SQLite database, the snapshots taken before an upgrade, and what goes out to files. Made if it isn't there, readable by its owner alone."`
	Database string `name:"database" toml:"database" env:"ENTREGENT_DATABASE" placeholder:"URL" help:"postgres://… keeps everything in PostgreSQL instead, where several processes share it. Better in the environment than on the command line, which every user of the machine can read."`
	Listen   string `name:"listen" toml:"listen" env:"ENTREGENT_LISTEN" default:"127.0.0.1:8080" placeholder:"ADDRESS" help:"Address to answer on: :8080 for every network, 127.0.0.1:8080 behind a proxy on the same machine."`
	URL      string `name:"url" toml:"url" env:"ENTREGENT_URL" placeholder:"URL" help:"Where people reach the house: https://house.example. It stands in links and mails; with https cookies are sent over https alone. Else made of --listen."`
	SMTP     string `name:"smtp" toml:"smtp" env:"ENTREGENT_SMTP" placeholder:"URL" help:"Mail server, as smtp://user:password@mail.example:587 (STARTTLS) or smtps://…:465. Without one no mail is sent: sign-in links are made on the team page."`
	From     string `name:"from" toml:"from" env:"ENTREGENT_FROM" placeholder:"MAIL" help:"Address that mails come from. Else entregent@ and the house's name."`
	Log      string `name:"log" toml:"log" env:"ENTREGENT_LOG" enum:"text,json" default:"text" placeholder:"FORM" help:"How the log is written to standard error: text or json. It holds no personal data."`
	Level    string `name:"log-level" toml:"log_level" env:"ENTREGENT_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" placeholder:"LEVEL" help:"From which level on: debug, info, warn or error."`
}

// Store is the database's address, as store.Options takes it.
func (c *Config) Store() string {
	if c.Database != "" {
		return c.Database
	}
	return c.Data
}

// Check says what can't be followed before anything is begun. What was left empty
// gets its default.
func (c *Config) Check() error {
	c.Data, c.Listen = cmp.Or(c.Data, "entregent-data"), cmp.Or(c.Listen, "127.0.0.1:8080")
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("--listen %s: an address has a port, as 127.0.0.1:8080", c.Listen)
	}
	if c.URL != "" {
		u, err := url.Parse(c.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return fmt.Errorf("--url %s: it is https:// and a name, without a path", c.URL)
		}
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return errors.New("--database: it begins with postgres://; for SQLite name a folder by --data")
	}
	return nil
}

// address is where people reach the house.
func (c *Config) address(at net.Addr) string {
	if c.URL != "" {
		return strings.TrimRight(c.URL, "/")
	}
	host, port, _ := net.SplitHostPort(at.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// from is whom mails come from, in a house at an address.
func (c *Config) from(at string) string {
	if c.From != "" {
		return c.From
	}
	host := "localhost"
	if u, err := url.Parse(at); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "entregent@" + host
}

// Logger writes the log as configured.
func (c *Config) Logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// Describe writes every setting as a TOML file that says what each does, with
// its default.
func Describe(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Entregent's settings, each with its default. As flags they are --name,\n# in the environment as said; entregent serve --config FILE reads this file.\n")
	for f := range configFields() {
		fmt.Fprintf(&b, "\n%s# Environment: %s\n", wrapped(f.Tag.Get("help")), f.Tag.Get("env"))
		value := fmt.Sprintf("%q", f.Tag.Get("default"))
		if f.Type.Kind() == reflect.Bool {
			value = "false"
		}
		hash := ""
		if f.Tag.Get("default") == "" {
			hash = "# "
			if example := f.Tag.Get("placeholder"); example != "" {
				value = fmt.Sprintf("%q", example)
			}
		}
		fmt.Fprintf(&b, "%s%s = %s\n", hash, f.Tag.Get("toml"), value)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// wrapped makes a comment of a sentence.
func wrapped(text string) string {
	var b strings.Builder
	line := "#"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > 78 {
			b.WriteString(line + "\n")
			line = "#"
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}

// configFields are the fields of Config.
func configFields() func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		t := reflect.TypeFor[Config]()
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// ReadSettings reads a TOML file of settings, by their names in it. A name that
// is none of a setting is an error.
func ReadSettings(r io.Reader) (map[string]any, error) {
	name := "settings"
	if f, ok := r.(interface{ Name() string }); ok {
		name = f.Name()
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ := at.Position()
			return nil, fmt.Errorf("reading %s:%d: %w", name, line, err)
		}
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	var known []string
	for f := range configFields() {
		known = append(known, f.Tag.Get("toml"))
	}
	for key := range values {
		if !slices.Contains(known, key) {
			return nil, fmt.Errorf("reading %s: there is no setting %q; there are %s", name, key, strings.Join(known, ", "))
		}
	}
	return values, nil
}
