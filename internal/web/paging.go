package web

import (
	"net/url"
	"strconv"
)

// pageOf is which part of a long list is shown. Its links keep the rest of the
// address as it is.
type pageOf struct {
	Number int  `json:"number"` // from 1
	Last   int  `json:"last"`
	Size   int  `json:"size"`
	Total  int  `json:"total"`          // of an open list, as far as is known
	Open   bool `json:"open,omitempty"` // nobody counted how long the list is
	at     *url.URL
}

// pageOf reads ?page= and ?limit= for a list of a length.
func (r *Request) pageOf(total, size int) pageOf {
	if r.form == asCSV {
		size = 1000
	}
	size = min(max(r.Number("limit", size), 1), 1000)
	last := max((total+size-1)/size, 1)
	return pageOf{Number: min(max(r.Number("page", 1), 1), last), Last: last, Size: size, Total: total, at: r.URL}
}

// openPage reads them for a list that nobody has counted.
func (r *Request) openPage(size int) pageOf {
	p := r.pageOf(1, size)
	p.Number, p.Open = max(r.Number("page", 1), 1), true
	return p
}

// found says how many items came when one more than a page was asked for.
func (p *pageOf) found(n int) {
	p.Total, p.Last = (p.Number-1)*p.Size+n, p.Number
	if n > p.Size {
		p.Last++
	}
}

func (p pageOf) from() int { return min((p.Number-1)*p.Size, p.Total) }
func (p pageOf) to() int   { return min(p.Number*p.Size, p.Total) }

// First is the place of the page's first item, from 1.
func (p pageOf) First() int { return p.from() + 1 }

// End is the place of its last.
func (p pageOf) End() int { return p.to() }

// Before and After are the addresses of the neighbours; "" where there is none.
func (p pageOf) Before() string { return p.link(p.Number - 1) }
func (p pageOf) After() string  { return p.link(p.Number + 1) }

func (p pageOf) link(number int) string {
	if number < 1 || number > p.Last {
		return ""
	}
	q := p.at.Query()
	q.Set("page", strconv.Itoa(number))
	return p.at.Path + "?" + q.Encode()
}

// JSON and CSV are the addresses of the same list in other forms, below /api.
func (p pageOf) JSON() string { return p.as("") }
func (p pageOf) CSV() string  { return p.as(".csv") }

func (p pageOf) as(ending string) string {
	if p.at.RawQuery == "" {
		return p.at.Path + ending
	}
	return p.at.Path + ending + "?" + p.at.RawQuery
}
