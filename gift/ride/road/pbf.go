package road

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/entregent/entregent/gift/geo"
)

// The format is that of wiki.openstreetmap.org/wiki/PBF_Format: blobs, each a size in four bytes, a header and a body,
// which is packed; the numbers below are its field numbers. Package osmpbf isn't used since with cgo it needs zlib's
// headers and pkg-config, and Go is all that this project needs.

// The largest header and body the format allows, in bytes.
const (
	maxHeader = 64 << 10
	maxBody   = 32 << 20
)

// osmWay is a way: its nodes, and the tags that matter.
type osmWay struct {
	nodes []int64
	tags  map[string]string
}

// readPBF calls node and way with what a file holds.
func readPBF(r io.Reader, node func(id int64, p geo.Point), way func(osmWay)) error {
	for n := 1; ; n++ {
		kind, body, err := nextBlob(r)
		if err == io.EOF {
			return nil
		}
		if err == nil && kind == "OSMData" {
			if body, err = unpackBlob(body); err == nil {
				err = readBlock(body, node, way)
			}
		}
		if err != nil {
			return fmt.Errorf("block %d: %w", n, err)
		}
	}
}

// nextBlob reads a blob; io.EOF only where a file may end.
func nextBlob(r io.Reader) (kind string, body []byte, err error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return "", nil, err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > maxHeader {
		return "", nil, errors.New("this is no OSM PBF file")
	}
	header := make([]byte, n)
	if _, err := io.ReadFull(r, header); err != nil {
		return "", nil, cutShort(err)
	}
	length := uint64(0)
	err = fields(header, func(f protowire.Number, v uint64, b []byte) error {
		switch f {
		case 1:
			kind = string(b)
		case 3:
			length = v
		}
		return nil
	})
	if err != nil || length > maxBody {
		return "", nil, errors.New("this is no OSM PBF file")
	}
	body = make([]byte, length)
	_, err = io.ReadFull(r, body)
	return kind, body, cutShort(err)
}

func cutShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file is cut short")
	}
	return err
}

// unpackBlob unpacks the body of a blob.
func unpackBlob(body []byte) (data []byte, err error) {
	found := false
	err = fields(body, func(f protowire.Number, _ uint64, b []byte) (err error) {
		switch f {
		case 1:
			data, found = b, true
		case 3:
			var z io.ReadCloser
			if z, err = zlib.NewReader(bytes.NewReader(b)); err == nil {
				data, err = io.ReadAll(io.LimitReader(z, maxBody))
			}
			found = true
		case 7:
			var z *zstd.Decoder
			if z, err = zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody)); err == nil {
				defer z.Close()
				data, err = z.DecodeAll(b, nil)
			}
			found = true
		}
		return err
	})
	if err == nil && !found {
		return nil, errors.New("it is packed neither with zlib nor with zstd")
	}
	return data, err
}

// block is what the elements of a block need to be read.
type block struct {
	words       []string
	granularity float64
	lat, lon    float64 // offsets, 10⁻⁹ degree
}

func readBlock(data []byte, node func(int64, geo.Point), way func(osmWay)) error {
	b := block{granularity: 100}
	var groups [][]byte
	err := fields(data, func(f protowire.Number, v uint64, value []byte) error {
		switch f {
		case 1:
			return fields(value, func(_ protowire.Number, _ uint64, s []byte) error { b.words = append(b.words, string(s)); return nil })
		case 2:
			groups = append(groups, value)
		case 17:
			b.granularity = float64(int64(v))
		case 19:
			b.lat = float64(int64(v))
		case 20:
			b.lon = float64(int64(v))
		}
		return nil
	})
	for _, g := range groups {
		if err != nil {
			return err
		}
		err = fields(g, func(f protowire.Number, _ uint64, value []byte) error {
			switch f {
			case 1:
				return b.node(value, node)
			case 2:
				return b.dense(value, node)
			case 3:
				return b.way(value, way)
			}
			return nil
		})
	}
	return err
}

func (b *block) point(lat, lon int64) geo.Point {
	return geo.Point{Lat: (b.lat + b.granularity*float64(lat)) / 1e9, Lon: (b.lon + b.granularity*float64(lon)) / 1e9}
}

func (b *block) node(data []byte, take func(int64, geo.Point)) error {
	var id, lat, lon int64
	err := fields(data, func(f protowire.Number, v uint64, _ []byte) error {
		switch f {
		case 1:
			id = protowire.DecodeZigZag(v)
		case 8:
			lat = protowire.DecodeZigZag(v)
		case 9:
			lon = protowire.DecodeZigZag(v)
		}
		return nil
	})
	take(id, b.point(lat, lon))
	return err
}

// dense reads nodes as three columns of differences.
func (b *block) dense(data []byte, take func(int64, geo.Point)) error {
	var columns [10][]int64
	err := fields(data, func(f protowire.Number, _ uint64, value []byte) (err error) {
		if f == 1 || f == 8 || f == 9 {
			columns[f], err = differences(value)
		}
		return err
	})
	ids, lats, lons := columns[1], columns[8], columns[9]
	if err == nil && (len(ids) != len(lats) || len(ids) != len(lons)) {
		return fmt.Errorf("%d nodes with %d latitudes and %d longitudes", len(ids), len(lats), len(lons))
	}
	for i := range ids {
		if err == nil {
			take(ids[i], b.point(lats[i], lons[i]))
		}
	}
	return err
}

func (b *block) way(data []byte, take func(osmWay)) error {
	var w osmWay
	var keys, values []uint64
	err := fields(data, func(f protowire.Number, _ uint64, value []byte) (err error) {
		switch f {
		case 2:
			keys, err = numbers(value)
		case 3:
			values, err = numbers(value)
		case 8:
			w.nodes, err = differences(value)
		}
		return err
	})
	if err != nil {
		return err
	}
	w.tags = map[string]string{}
	for i, k := range keys {
		if i >= len(values) || k >= uint64(len(b.words)) || values[i] >= uint64(len(b.words)) {
			return errors.New("a way has a tag that isn't there")
		}
		w.tags[b.words[k]] = b.words[values[i]]
	}
	take(w)
	return nil
}

// fields calls take with each field of a message: its number, and its value as a number or as bytes.
func fields(data []byte, take func(protowire.Number, uint64, []byte) error) error {
	for len(data) > 0 {
		f, kind, n := protowire.ConsumeTag(data)
		if n < 0 {
			return protowire.ParseError(n)
		}
		data = data[n:]
		var v uint64
		var b []byte
		switch kind {
		case protowire.VarintType:
			v, n = protowire.ConsumeVarint(data)
		case protowire.BytesType:
			b, n = protowire.ConsumeBytes(data)
		default:
			n = protowire.ConsumeFieldValue(f, kind, data)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		data = data[n:]
		if err := take(f, v, b); err != nil {
			return err
		}
	}
	return nil
}

// numbers are a packed list.
func numbers(data []byte) (list []uint64, err error) {
	for len(data) > 0 {
		v, n := protowire.ConsumeVarint(data)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, data = append(list, v), data[n:]
	}
	return list, nil
}

// differences are a packed list in which each number but the first is what it is more than the one before.
func differences(data []byte) ([]int64, error) {
	list, err := numbers(data)
	sums, sum := make([]int64, len(list)), int64(0)
	for i, v := range list {
		sum += protowire.DecodeZigZag(v)
		sums[i] = sum
	}
	return sums, err
}
