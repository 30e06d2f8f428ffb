package mail

import "strings"

// unflow joins the lines that a program broke softly (format=flowed, RFC 3676): a
// line that ends in a space goes on in the next of the same depth of quotation,
// but for the line before a signature.
func unflow(text string, params map[string]string) string {
	if !strings.EqualFold(params["format"], "flowed") {
		return text
	}
	delSp := strings.EqualFold(params["delsp"], "yes")
	var b strings.Builder
	b.Grow(len(text))
	open, depth := false, 0
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		words := strings.TrimLeft(line, ">")
		deep := len(line) - len(words)
		words = strings.TrimPrefix(words, " ") // stuffed
		sig := words == "-- "
		if b.Len() > 0 && !(open && deep == depth && !sig) {
			b.WriteByte('\n')
			open = false
		}
		if !open && deep > 0 {
			b.WriteString(line[:deep])
			b.WriteByte(' ')
		}
		open, depth = strings.HasSuffix(words, " ") && !sig, deep
		if open && delSp {
			words = words[:len(words)-1]
		}
		b.WriteString(words)
	}
	return b.String()
}
