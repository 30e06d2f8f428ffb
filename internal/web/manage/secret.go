package manage

// secretView shows, once, what can't be had again: a token, a link, the secret
// of a webhook.
type secretView struct {
	Kind   string `json:"kind"`   // token, link, hook
	Name   string `json:"name"`   // of what, or for whom
	Secret string `json:"secret"` // keep it
	ID     int64  `json:"id"`     // of the token or hook, to take it away by
	Back   string `json:"-"`      // the page it was made on
}

func (secretView) Template() string { return "shown-once" }
