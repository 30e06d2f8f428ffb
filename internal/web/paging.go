package web

import (
	"net/url"
	"strconv"
)

// Paging is which part of a long list is shown. Its links keep the rest of the
// address as it is.
type Paging struct {
	Number int      `json:"number"` // from 1
	Last   int      `json:"last"`
	Size   int      `json:"size"`
	Total  int      `json:"total"`          // of an open list, as far as is known
	Open   bool     `json:"open,omitempty"` // nobody counted how long the list is
	At     *url.URL `json:"-"`
}

// Paging reads ?page= and ?limit= for a list of a length.
func (r *Request) Paging(total, size int) Paging {
	if r.Format == AsCSV {
		size = 1000
	}
	size = min(max(r.Number("limit", size), 1), 1000)
	last := max((total+size-1)/size, 1)
	return Paging{Number: min(max(r.Number("page", 1), 1), last), Last: last, Size: size, Total: total, At: r.URL}
}

// OpenPaging reads them for a list that nobody has counted.
func (r *Request) OpenPaging(size int) Paging {
	p := r.Paging(1, size)
	p.Number, p.Open = max(r.Number("page", 1), 1), true
	return p
}

// Found says how many items came when one more than a page was asked for.
func (p *Paging) Found(n int) {
	p.Total, p.Last = (p.Number-1)*p.Size+n, p.Number
	if n > p.Size {
		p.Last++
	}
}

// From and To bound the page in the list, from 0; To isn't in it.
func (p Paging) From() int { return min((p.Number-1)*p.Size, p.Total) }
func (p Paging) To() int   { return min(p.Number*p.Size, p.Total) }

// First is the place of the page's first item, from 1.
func (p Paging) First() int { return p.From() + 1 }

// End is the place of its last.
func (p Paging) End() int { return p.To() }

// Before and After are the addresses of the neighbours; "" where there is none.
func (p Paging) Before() string { return p.link(p.Number - 1) }
func (p Paging) After() string  { return p.link(p.Number + 1) }

func (p Paging) link(number int) string {
	if number < 1 || number > p.Last {
		return ""
	}
	q := p.At.Query()
	q.Set("page", strconv.Itoa(number))
	return p.At.Path + "?" + q.Encode()
}

// JSON and CSV are the addresses of the same list in other forms, below /api.
func (p Paging) JSON() string { return p.as("") }
func (p Paging) CSV() string  { return p.as(".csv") }

func (p Paging) as(ending string) string {
	if p.At.RawQuery == "" {
		return p.At.Path + ending
	}
	return p.At.Path + ending + "?" + p.At.RawQuery
}
