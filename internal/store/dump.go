package store

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// A backup is one stream, compressed by zstd, that either engine can read: a
// line that says what it is, then for each table a line with its columns and a
// line for each row, and a line that says how many rows there were.
//
//	{"backup":"entregent","format":1,"version":2,"made":"2026-11-22T18:00:00Z"}
//	{"table":"accounts","columns":["n","id",…]}
//	[1,"ana",…]
//	{"rows":12345}
type header struct {
	Backup  string    `json:"backup"`
	Format  int       `json:"format"`
	Version int64     `json:"version"` // of the migrations
	Made    time.Time `json:"made"`
}

const format = 1

var errBackup = errors.New("not a whole backup of entregent")

// dump writes everything as it stands at one moment, while others go on writing.
func (s *Store) dump(ctx context.Context, w io.Writer) error {
	options := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	if !s.pg {
		options = nil // a transaction that reads sees one moment
	}
	tx, err := s.read.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	out := json.NewEncoder(z)
	out.SetEscapeHTML(false)
	h := header{Backup: "entregent", Format: format, Made: time.Now().UTC()}
	if err := tx.QueryRowContext(ctx, `SELECT MAX(version_id) FROM migrations`).Scan(&h.Version); err != nil {
		return err
	}
	if err := out.Encode(h); err != nil {
		return err
	}
	tables, err := s.tables(reader{ctx, tx})
	if err != nil {
		return err
	}
	n := 0
	for _, t := range tables {
		if err := out.Encode(t); err != nil {
			return err
		}
		rows, err := dumpTable(ctx, tx, t, out)
		if err != nil {
			return fmt.Errorf("reading %s: %w", t.Name, err)
		}
		n += rows
	}
	if err := out.Encode(map[string]int{"rows": n}); err != nil {
		return err
	}
	return z.Close()
}

func dumpTable(ctx context.Context, tx *sql.Tx, t table, out *json.Encoder) (n int, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+strings.Join(t.Columns, ", ")+` FROM `+t.Name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	places := t.scanTargets()
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return n, err
		}
		if err := out.Encode(places); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// stream reads a backup line by line.
type stream struct {
	z *zstd.Decoder
	r *bufio.Reader
	header
}

// openStream reads what a backup is. ErrNewer when a newer version made it.
func openStream(r io.Reader) (*stream, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	in := &stream{z: z, r: bufio.NewReaderSize(z, 1<<16)}
	line, err := in.line()
	if err != nil || json.Unmarshal(line, &in.header) != nil || in.Backup != "entregent" {
		z.Close()
		return nil, errBackup
	}
	if in.Format > format {
		z.Close()
		return nil, ErrNewer
	}
	return in, nil
}

func (in *stream) line() ([]byte, error) {
	line, err := in.r.ReadBytes('\n')
	if err != nil {
		return nil, errBackup // it ends before its last line
	}
	return bytes.TrimSuffix(line, []byte("\n")), nil
}

// load fills an empty database, of the version that the stream is of.
func (s *Store) load(t *Tx, in *stream) error {
	known, err := s.tables(t)
	if err != nil {
		return err
	}
	for _, k := range known { // what every new database holds
		if err := t.Exec(`DELETE FROM ` + k.Name); err != nil {
			return err
		}
	}
	var to *loader
	rows := 0
	for {
		line, err := in.line()
		if err != nil {
			return err
		}
		if line[0] == '[' && to != nil {
			rows++
			if err := to.row(t, line); err != nil {
				return fmt.Errorf("row %d: %w", rows, err)
			}
			continue
		}
		if err := to.end(t); err != nil {
			return err
		}
		var next struct {
			table
			Rows *int `json:"rows"`
		}
		if err := json.Unmarshal(line, &next); err != nil {
			return errBackup
		}
		if next.Rows != nil {
			if *next.Rows != rows {
				return errBackup
			}
			return s.goOn(t, known)
		}
		if to, err = newLoader(next.table, known); err != nil {
			return err
		}
	}
}

// loader fills one table.
type loader struct {
	table
	Bulk
	fresh []*messageRow // messages, to find their words again
}

func newLoader(said table, known []table) (*loader, error) {
	i := slices.IndexFunc(known, func(t table) bool { return t.Name == said.Name })
	if i < 0 {
		return nil, fmt.Errorf("the table %q: %w", said.Name, errBackup)
	}
	l := &loader{table: table{Name: said.Name, Columns: said.Columns}}
	for _, column := range said.Columns {
		j := slices.Index(known[i].Columns, column)
		if j < 0 {
			return nil, fmt.Errorf("the column %s.%q: %w", said.Name, column, errBackup)
		}
		l.kinds = append(l.kinds, known[i].kinds[j])
	}
	l.Bulk = Bulk{Into: said.Name + " (" + strings.Join(said.Columns, ", ") + ")", Width: len(said.Columns)}
	return l, nil
}

func (l *loader) row(t *Tx, line []byte) error {
	var values []any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&values); err != nil || len(values) != len(l.Columns) {
		return errBackup
	}
	for i, said := range values {
		v, err := l.value(i, said)
		if err != nil {
			return err
		}
		l.Add(v)
	}
	if l.Name == "messages" && t.pg {
		l.remember(values)
	}
	if len(l.args) >= maxValues {
		return l.end(t)
	}
	return nil
}

// remember has the words of a message found again.
func (l *loader) remember(values []any) {
	k := new(messageRow)
	k.seq, _ = l.args[len(l.args)-l.Width+slices.Index(l.Columns, "seq")].(int64)
	k.text, _ = values[slices.Index(l.Columns, "text")].(string)
	l.fresh = append(l.fresh, k)
}

// end writes the rows that are still in hand.
func (l *loader) end(t *Tx) error {
	if l == nil {
		return nil
	}
	if err := l.Insert(t); err != nil {
		return fmt.Errorf("filling %s: %w", l.Name, err)
	}
	defer func() { l.fresh = l.fresh[:0] }()
	return t.index(l.fresh)
}

// goOn has SQLite find the words of all texts, and PostgreSQL give new numbers
// behind those that were loaded, which SQLite does by itself.
func (s *Store) goOn(t *Tx, tables []table) error {
	if !s.pg {
		return t.Exec(`INSERT INTO words (words) VALUES ('rebuild')`)
	}
	for _, k := range tables {
		if !slices.Contains(k.Columns, "id") || k.kinds[slices.Index(k.Columns, "id")] != numbers {
			continue
		}
		if err := t.Exec(`SELECT setval(pg_get_serial_sequence('` + k.Name + `', 'id'), GREATEST(MAX(id), 1), MAX(id) IS NOT NULL) FROM ` + k.Name); err != nil {
			return err
		}
	}
	return nil
}
