package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/whuffie"
)

// Why: where somebody's standing by thanks comes from, for herself and for who
// keeps the house. Nobody has a standing who hasn't agreed to have one.
var whyRoutes = []Route{
	{Method: http.MethodGet, Path: "/why", Name: "why", Allow: SignedIn, Scope: Read, Handle: why, Out: whyView{}, Page: true, Query: []Parameter{{"id", "the person; left out: oneself", "string"}}},
	{Method: http.MethodPost, Path: "/why/agree", Name: "why-agree", Allow: SignedIn, Handle: agree, In: agreeIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/why/contest", Name: "why-contest", Allow: SignedIn, Handle: contest, In: contestIn{}, Out: Done{}, Page: true},
}

// standing is how a person's agreement to have a standing is kept: a setting of
// this name and her id, which holds the day on which she agreed.
const standing = "agreed.whuffie."

// whyView is somebody's standing and what it rests on.
type whyView struct {
	when
	Person conversation.PersonID `json:"person"`
	Name   string                `json:"name"`
	Self   bool                  `json:"self"`             // she looks herself
	Agreed string                `json:"agreed,omitempty"` // since which day
	Band   string                `json:"band,omitempty"`
	Walks  float64               `json:"walks"` // of 100,000 that meet her
	Err    float64               `json:"err"`
	Thanks []thanksLine          `json:"thanks"` // what was said to her, most walks first; without agreement the newest first
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

// Title names her.
func (v whyView) Title(l lang.Language) string { return l.Say("title.why", v.Name) }

const flowsShown = 50

func why(r *Request) (View, error) {
	set, err := r.settings()
	if err != nil {
		return nil, err
	}
	p, self, err := r.whose(r.URL.Query().Get("id"))
	if err != nil {
		return nil, err
	}
	v := whyView{when: r.when(set), Person: p.ID, Name: p.Name, Self: self, Thanks: []thanksLine{}, Paths: []pathLine{}}
	if v.Agreed, err = settings.Setting(r.Context(), r.Server.Store, standing+string(p.ID)); err != nil {
		return nil, err
	}
	if v.Agreed == "" && !self {
		return v, nil
	}
	rests, err := r.Server.Live.Why(p.ID)
	if errors.Is(err, whuffie.ErrUnknown) { // nobody thanked her, nor she anybody
		if v.Agreed != "" {
			v.Band = "too-few"
		}
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	return v, v.rest(r, rests)
}

// whose finds the person asked about: the user herself, or, for an admin, anybody.
func (r *Request) whose(id string) (p people.Person, self bool, err error) {
	if id == "" {
		id = r.author()
	}
	p, err = people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(id))
	if isLost(err) && id == r.author() {
		return p, true, &Bad{"id", "why.silent", nil}
	}
	if err != nil {
		return p, false, err
	}
	self = slices.ContainsFunc(p.Accounts, func(a people.Account) bool {
		return r.User.Person != "" && (a.ID == r.User.Person || a.Author == r.User.Person)
	})
	if !self && r.User.Role != account.Admin {
		return p, false, errForbidden
	}
	return p, self, nil
}

// rest fills in what a standing rests on. Without an agreement the thanks are
// facts that carry no number.
func (v *whyView) rest(r *Request, w whuffie.Why) error {
	var ids []conversation.PersonID
	for _, f := range w.Thanks {
		ids = append(ids, conversation.PersonID(f.From))
	}
	for _, p := range w.Paths {
		for _, one := range p.People {
			ids = append(ids, conversation.PersonID(one))
		}
	}
	names, err := r.names(ids)
	if err != nil {
		return err
	}
	share := func(walks int) float64 { return 1e5 * float64(walks) / float64(max(w.Walks, 1)) }
	for _, f := range w.Thanks {
		kind, _, _ := strings.Cut(f.ID, " ")
		if !lang.English.Has("whuffie.kind." + kind) {
			kind = "thanks"
		}
		message, _ := saidIn(f.ID, v.Person)
		v.Thanks = append(v.Thanks, thanksLine{conversation.PersonID(f.From), names[conversation.PersonID(f.From)], f.Time, kind, message, share(f.Known + f.Seen)})
	}
	if v.Agreed == "" {
		for i := range v.Thanks {
			v.Thanks[i].Walks = 0
		}
		slices.SortStableFunc(v.Thanks, func(a, b thanksLine) int { return b.Time.Compare(a.Time) })
		v.Thanks = v.Thanks[:min(len(v.Thanks), flowsShown)]
		return nil
	}
	v.Thanks = v.Thanks[:min(len(v.Thanks), flowsShown)]
	v.Band, err = r.band(v.Person)
	v.Walks, v.Err = 1e5*w.Score.Points, 1e5*w.Score.Err
	for _, p := range w.Paths {
		line := pathLine{Walks: share(p.Walks)}
		for _, one := range p.People {
			line.Names = append(line.Names, names[conversation.PersonID(one)])
		}
		v.Paths = append(v.Paths, line)
	}
	return err
}

// band is the band of somebody's standing by thanks; "" for who hasn't agreed.
func (r *Request) band(id conversation.PersonID) (string, error) {
	day, err := settings.Setting(r.Context(), r.Server.Store, standing+string(id))
	if err != nil || day == "" {
		return "", err
	}
	return r.Server.Live.Whuffie(id).Band, nil
}

type agreeIn struct {
	Agree bool `json:"agree"` // false withdraws
}

// agree keeps or withdraws the user's own agreement. Nobody agrees for another.
func agree(r *Request) (View, error) {
	var in agreeIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	p, self, err := r.whose("")
	if err != nil {
		return nil, err
	}
	if !self {
		return nil, errForbidden
	}
	day, notice, undo := "", "why.withdrawn", "true"
	if in.Agree {
		day, notice, undo = r.Now().UTC().Format(time.DateOnly), "why.agreed", "false"
	}
	if err := settings.SetSettings(r.Context(), r.Server.Store, map[string]string{standing + string(p.ID): day}); err != nil {
		return nil, err
	}
	return Done{Location: "/why", Notice: notice, Undo: &Undo{"/why/agree", map[string]string{"agree": undo}}}, nil
}

type contestIn struct {
	Text string `json:"text"`
}

// contest tells who keeps the house that somebody says her standing is wrong.
func contest(r *Request) (View, error) {
	var in contestIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	p, self, err := r.whose("")
	if err != nil {
		return nil, err
	}
	if text := strings.TrimSpace(in.Text); !self || text == "" {
		return nil, &Bad{"text", "why.contest.empty", nil}
	}
	_, err = notice.AddNotice(r.Context(), r.Server.Store, notice.Notice{Kind: "contest", Time: r.Now(), Text: "why.contested", Args: []string{p.Name, excerpt(in.Text, 1000)},
		Link: "/why?id=" + escape(string(p.ID)), Level: "warn"})
	return Done{Location: "/why", Notice: "why.contest.done"}, err
}
