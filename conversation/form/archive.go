package form

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// The limits of a zip archive. Exports of chats shrink five to forty times, and
// hold a file a day and channel; archives inside archives are not opened.
const (
	mostFiles     = 200_000
	mostUnpacked  = 64 << 30
	freelyGrown   = 16 << 20 // bytes, before growth is looked at
	mostTimesZip  = 200
	mostPathDepth = 32
)

// ErrBomb is the cause when an archive would unpack to more than any export does.
var ErrBomb = errors.New("the archive would unpack to more than any export does")

// Archive is a zip archive of files that are read as a folder of them would be.
type Archive struct {
	zip  *zip.Reader
	size int64

	// Wrap, when set, stands between a file and its reader.
	Wrap func(io.Reader) io.Reader

	// Skipped, when set, is told of each file that is no conversation.
	Skipped func(name string, why error)
}

// OpenArchive opens a zip archive; nil when it is none, or one whose files are the
// parts of one document, as a spreadsheet's are.
func OpenArchive(in io.ReaderAt, size int64) (*Archive, error) {
	var head [4]byte
	if n, _ := in.ReadAt(head[:], 0); n < 4 || !IsArchive(head[:]) {
		return nil, nil
	}
	z, err := zip.NewReader(in, size)
	switch {
	case errors.Is(err, zip.ErrInsecurePath): // names are labels here: nothing is written
	case err != nil:
		return nil, fmt.Errorf("opening a zip archive: %w: get a whole copy", err)
	}
	if len(z.File) > mostFiles {
		return nil, fmt.Errorf("%w: it holds %d files, and %d are read at most", ErrBomb, len(z.File), mostFiles)
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" { // Office Open XML, OpenDocument
			return nil, nil
		}
	}
	return &Archive{zip: z, size: size}, nil
}

// IsArchive says whether a file opens as zip archives do.
func IsArchive(head []byte) bool { return strings.HasPrefix(string(head), "PK\x03\x04") }

// Read reads the files of an archive into log, in the order of their names. name
// is the archive's. It stops at the first error; that one file is no conversation
// is none, unless all are.
func (a *Archive) Read(log *conversation.Log, name string, o conversation.ReadOptions) error {
	files := slices.Clone(a.zip.File)
	slices.SortFunc(files, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	beside := &conversation.Beside{Files: a.zip, Found: map[string]any{}}
	all := &growth{most: mostUnpacked, packed: a.size}
	read, seen := 0, 0
	for _, f := range files {
		if !kept(f) {
			continue
		}
		seen++
		err := a.one(log, name, f, o, beside, all)
		switch {
		case err == nil:
			read++
		case errors.Is(err, conversation.ErrForm):
			if a.Skipped != nil {
				a.Skipped(path.Join(name, f.Name), err)
			}
		default:
			return err
		}
	}
	if read == 0 {
		return fmt.Errorf("reading %s: none of its %d files is one: %w", name, seen, conversation.ErrForm)
	}
	return nil
}

// kept says whether a file of an archive is looked at: no folder, nothing hidden,
// nothing of the system that packed it.
func kept(f *zip.File) bool {
	if f.FileInfo().IsDir() || strings.Count(f.Name, "/") > mostPathDepth {
		return false
	}
	for part := range strings.SplitSeq(f.Name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") {
			return false
		}
	}
	return true
}

func (a *Archive) one(log *conversation.Log, name string, f *zip.File, o conversation.ReadOptions, beside *conversation.Beside, all *growth) error {
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("reading %s: %w", path.Join(name, f.Name), err)
	}
	defer func() { _ = in.Close() }()
	var r io.Reader = &grown{in: in, one: &growth{most: mostUnpacked, packed: int64(f.CompressedSize64)}, all: all}
	if a.Wrap != nil {
		r = a.Wrap(r)
	}
	at := *beside
	at.Path = f.Name
	o.Beside = &at
	return conversation.Read(log, r, path.Join(name, f.Name), o)
}

// growth is how much came out of how much.
type growth struct{ packed, out, most int64 }

func (g *growth) add(n int) bool {
	g.out += int64(n)
	return g.out <= g.most && (g.out <= freelyGrown || g.out/mostTimesZip <= g.packed)
}

// grown stops a file that grows beyond what any export does.
type grown struct {
	in       io.Reader
	one, all *growth
}

func (g *grown) Read(p []byte) (int, error) {
	n, err := g.in.Read(p)
	if one := g.one.add(n); !g.all.add(n) || !one {
		return 0, ErrBomb
	}
	return n, err
}
