package persons

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/whuffie"
)

// Why: where somebody's standing by thanks comes from, for themselves and for
// admins. Nobody has a standing who hasn't agreed to have one.
var whyRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/why", Name: "why", Allow: account.SignedIn, Scope: account.Read, Handle: showWhy, Out: whyView{}, Page: true, Query: []web.Parameter{{Name: "id", About: "the person; left out: oneself", Type: "string"}}},
	{Method: http.MethodPost, Path: "/why/agree", Name: "why-agree", Allow: account.SignedIn, Handle: setAgreement, In: agreeIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/why/contest", Name: "why-contest", Allow: account.SignedIn, Handle: contestStanding, In: contestIn{}, Out: web.Done{}, Page: true},
}

// whyView is somebody's standing and what it rests on.
type whyView struct {
	web.Clock
	Person conversation.PersonID `json:"person"`
	Name   string                `json:"name"`
	Self   bool                  `json:"self"`             // they look themselves
	Agreed string                `json:"agreed,omitempty"` // since which day
	Band   string                `json:"band,omitempty"`
	Walks  float64               `json:"walks"` // of 100,000 that meet them
	Err    float64               `json:"err"`
	Thanks []thanksLine          `json:"thanks"` // what was said to them, most walks first; without agreement the newest first
	Paths  []pathLine            `json:"paths"`
}

// thanksLine is one thanks and the walks that came by it.
type thanksLine struct {
	From    conversation.PersonID  `json:"from"`
	Name    string                 `json:"name"`
	Time    time.Time              `json:"time"`
	Kind    string                 `json:"kind,omitempty"` // solution, record, words, reaction
	Message conversation.MessageID `json:"message,omitempty"`
	Walks   float64                `json:"walks"` // of 100,000
}

// pathLine is a way by which walks came.
type pathLine struct {
	Names []string `json:"names"`
	Walks float64  `json:"walks"` // of 100,000
}

func (whyView) Template() string { return "why" }

// Title names the person.
func (v whyView) Title(l lang.Language) string { return l.Say("title.why", v.Name) }

const flowsShown = 50

func showWhy(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	p, self, err := whose(r, r.URL.Query().Get("id"))
	if err != nil {
		return nil, err
	}
	v := whyView{Clock: r.Clock(set), Person: p.ID, Name: p.Name, Self: self, Thanks: []thanksLine{}, Paths: []pathLine{}}
	if v.Agreed, err = consent.StandingSince(r.Context(), r.Server.Store, p.ID); err != nil {
		return nil, err
	}
	if v.Agreed == "" && !self {
		return v, nil
	}
	rests, err := r.Server.Live.Why(p.ID)
	if errors.Is(err, whuffie.ErrUnknown) { // nobody thanked them, nor they anybody
		if v.Agreed != "" {
			v.Band = "too-few"
		}
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	return v, v.fillReasons(r, rests)
}

// whose finds the person asked about: the user, or, for an admin, anybody.
func whose(r *web.Request, id string) (p people.Person, self bool, err error) {
	if id == "" {
		id = r.User.Author()
	}
	p, err = people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(id))
	if errors.Is(err, store.ErrNotFound) && id == r.User.Author() {
		return p, true, lang.Invalid("id", "why.silent")
	}
	if err != nil {
		return p, false, err
	}
	self = p.SpeaksAs(r.User.Person)
	if !self && r.User.Role != account.Admin {
		return p, false, web.ErrForbidden
	}
	return p, self, nil
}

// fillReasons fills in what a standing rests on. Without an agreement the thanks are
// facts that carry no number.
func (v *whyView) fillReasons(r *web.Request, w whuffie.Why) error {
	var ids []conversation.PersonID
	for _, f := range w.Thanks {
		ids = append(ids, conversation.PersonID(f.From))
	}
	for _, p := range w.Paths {
		for _, one := range p.People {
			ids = append(ids, conversation.PersonID(one))
		}
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	if err != nil {
		return err
	}
	share := func(walks int) float64 { return 1e5 * float64(walks) / float64(max(w.Walks, 1)) }
	for _, f := range w.Thanks {
		ref, _ := gift.ParseRef(f.ID, v.Person)
		kind := string(ref.Kind)
		if !lang.English.Has("whuffie.kind." + kind) {
			kind = "thanks"
		}
		v.Thanks = append(v.Thanks, thanksLine{conversation.PersonID(f.From), names[conversation.PersonID(f.From)], f.Time, kind, ref.Message, share(f.Known + f.Seen)})
	}
	if v.Agreed == "" {
		v.hideNumbers()
		return nil
	}
	v.Thanks = v.Thanks[:min(len(v.Thanks), flowsShown)]
	v.Walks, v.Err = 1e5*w.Score.Points, 1e5*w.Score.Err
	for _, p := range w.Paths {
		line := pathLine{Walks: share(p.Walks)}
		for _, one := range p.People {
			line.Names = append(line.Names, names[conversation.PersonID(one)])
		}
		v.Paths = append(v.Paths, line)
	}
	v.Band, err = consent.Band(r.Context(), r.Server.Store, r.Server.Live, v.Person)
	return err
}

// hideNumbers leaves the thanks as facts, the newest first.
func (v *whyView) hideNumbers() {
	for i := range v.Thanks {
		v.Thanks[i].Walks = 0
	}
	slices.SortStableFunc(v.Thanks, func(a, b thanksLine) int { return b.Time.Compare(a.Time) })
	v.Thanks = v.Thanks[:min(len(v.Thanks), flowsShown)]
}

type agreeIn struct {
	Agree bool `json:"agree"` // false withdraws
}

// setAgreement keeps or withdraws the user's own agreement. Nobody agrees for another.
func setAgreement(r *web.Request) (web.View, error) {
	var in agreeIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	p, self, err := whose(r, "")
	if err != nil {
		return nil, err
	}
	if !self {
		return nil, web.ErrForbidden
	}
	notice, undo := "why.withdrawn", "true"
	if in.Agree {
		notice, undo = "why.agreed", "false"
		err = consent.AgreeToStanding(r.Context(), r.Server.Store, p.ID, r.Now())
	} else {
		err = consent.WithdrawStanding(r.Context(), r.Server.Store, p.ID)
	}
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/why", Notice: notice, Undo: &web.Undo{Action: "/why/agree", Fields: map[string]string{"agree": undo}}}, nil
}

type contestIn struct {
	Text string `json:"text"`
}

// contestStanding tells the organisation that somebody says their standing is wrong.
func contestStanding(r *web.Request) (web.View, error) {
	var in contestIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	p, self, err := whose(r, "")
	if err != nil {
		return nil, err
	}
	if text := strings.TrimSpace(in.Text); !self || text == "" {
		return nil, lang.Invalid("text", "why.contest.empty")
	}
	_, err = notice.AddNotice(r.Context(), r.Server.Store, notice.Notice{Kind: "contest", Time: r.Now(), Text: "why.contested", Args: []string{p.Name, web.Excerpt(in.Text, 1000)},
		Link: "/why?id=" + url.QueryEscape(string(p.ID)), Level: "warn"})
	return web.Done{Location: "/why", Notice: "why.contest.done"}, err
}
