package presence

import (
	"encoding/json"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// Version names the definition that the numbers follow; doc/measures.md holds
// it.
const Version = "presence/1"

// Report is what [Measure] found. Its JSON form is stable and described by
// doc/report.schema.json.
type Report struct {
	Version    string     `json:"version"`
	Parameters Parameters `json:"parameters"`
	Window     Window     `json:"window"`
	TimeZone   string     `json:"time_zone"`         // in which all times are told
	Answers    Rule       `json:"answers,omitempty"` // whose answers the index goes by, when not the organisation's alone

	Index      Index      `json:"index"`
	Components Components `json:"components"`

	Answered        []Answered       `json:"answered"`         // of all appeals
	AnsweredNeeding []Answered       `json:"answered_needing"` // of those that need an answer
	MedianWait      measure.Estimate `json:"median_wait"`
	Acknowledged    []Answered       `json:"acknowledged"` // receipts, which are not answers
	Now             []Answered       `json:"now"`          // now view: period analysis with delayed entry
	Naive           Naive            `json:"naive"`
	Curve           []Point          `json:"curve"`

	Waiting Waiting  `json:"waiting"`
	Groups  Groups   `json:"groups"`
	Periods []Period `json:"periods"`
	Alarms  []Alarm  `json:"alarms"`
	Crises  []Crisis `json:"crises"`
	Watch   Watch    `json:"watch"` // how alarms were looked for

	Counts Counts          `json:"counts"`
	Doubts []measure.Doubt `json:"doubts"`
}

// Window is the time in which the measured appeals arrived; Until is the census.
type Window struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

// Counts says what the log gave the instrument to work with.
type Counts struct {
	Appeals     int `json:"appeals"`      // in the window
	NeedAnswer  int `json:"need_answer"`  // of them, recognised as needing an answer
	Askers      int `json:"askers"`       // people behind them
	Merged      int `json:"merged"`       // messages that joined an earlier appeal, in the whole log
	Answers     int `json:"answers"`      // human answers of the organisation
	Receipts    int `json:"receipts"`     // acknowledgements, deflections, courtesies
	Templates   int `json:"templates"`    // copies with at most the name changed
	Machines    int `json:"machines"`     // declared or detected
	Withdrawn   int `json:"withdrawn"`    // by their author
	SelfSolved  int `json:"self_solved"`  // by their author
	Removed     int `json:"removed"`      // by the organisation: they go on waiting
	Excluded    int `json:"excluded"`     // needing an answer, but private, a machine's, or written by staff
	PeerOnly    int `json:"peer_only"`    // answered by another member, not by the organisation
	AllAppeals  int `json:"all_appeals"`  // in the whole log
	AllNeed     int `json:"all_need"`     // in the whole log, needing an answer
	Broadcasts  int `json:"broadcasts"`   // threads the organisation opened in the window
	OrgMessages int `json:"org_messages"` // the organisation's messages in the window
}

// Index is the one number, with everything needed to distrust it. Value, Lo and
// Hi are nil where the display rule gives none; Why then says why.
type Index struct {
	Value      *float64           `json:"value"`
	Lo         *float64           `json:"lo"`
	Hi         *float64           `json:"hi"`
	Confidence float64            `json:"confidence"`
	Components map[string]float64 `json:"components"` // those that went in
	Unmeasured []string           `json:"unmeasured"` // those that could not
	NAppeals   int                `json:"n_appeals"`
	NAskers    int                `json:"n_askers"`
	Waiting    int                `json:"waiting"`
	Excluded   int                `json:"excluded"`
	// Bound is the index had every excluded appeal counted as unanswered.
	Bound      *float64        `json:"bound_if_excluded_unanswered"`
	Window     Window          `json:"window"`
	Parameters Parameters      `json:"parameters"`
	Version    string          `json:"version"`
	Doubts     []measure.Doubt `json:"doubts"`
}

// Components are the six parts of the index.
type Components struct {
	Attention    Component `json:"attention"`
	Constancy    Component `json:"constancy"`
	Evenness     Component `json:"evenness"`
	Diffusion    Component `json:"diffusion"`
	Voice        Component `json:"voice"`
	Conversation Component `json:"conversation"`
}

// Component is one of the six: an estimate in 0..1 and what is shown beside it.
// An unmeasured one has an unknown estimate whose doubts say why.
type Component struct {
	measure.Estimate
	Beside []Beside
}

// Beside is a figure shown beside a component: it describes and does not enter.
// Value is NaN where the data can't say.
type Beside struct {
	Name  string       `json:"name"`  // stable: a key of the catalogues of words
	Group string       `json:"group"` // which channel, department, …; "" for all
	Value float64      `json:"value"`
	Unit  measure.Unit `json:"unit"`
	N     int          `json:"n"`
}

// MarshalJSON writes a NaN value as null.
func (b Beside) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name  string       `json:"name"`
		Group string       `json:"group,omitempty"`
		Value *float64     `json:"value"`
		Unit  measure.Unit `json:"unit"`
		N     int          `json:"n"`
	}{b.Name, b.Group, measure.Finite(b.Value), b.Unit, b.N})
}

// MarshalJSON writes the estimate's keys and "beside" in one object.
func (c Component) MarshalJSON() ([]byte, error) {
	b, err := c.Estimate.MarshalJSON()
	if err != nil {
		return nil, err
	}
	beside := c.Beside
	if beside == nil {
		beside = []Beside{}
	}
	more, err := json.Marshal(beside)
	if err != nil {
		return nil, err
	}
	b = append(b[:len(b)-1], `,"beside":`...)
	return append(append(b, more...), '}'), nil
}

// Rule says whose answer counts.
type Rule string

// Under ByOrganisation an answer is one by a human of the organisation; under
// ByAnyone by any human but the asker.
const (
	ByOrganisation Rule = "org"
	ByAnyone       Rule = "anyone"
)

// Denominator says which appeals are counted.
type Denominator string

// The two denominators that are always given: every appeal, and those recognised
// as needing an answer.
const (
	All     Denominator = "all"
	Needing Denominator = "needing"
)

// Answered is the share of appeals answered within a time.
type Answered struct {
	Within   string           `json:"within"` // 1h, 24h, 48h, 7d
	Rule     Rule             `json:"rule"`
	Of       Denominator      `json:"of"`
	Estimate measure.Estimate `json:"estimate"`
}

// Naive is what tools that leave the unanswered out would have said, for
// comparison only.
type Naive struct {
	Appeals      int      `json:"appeals"`
	Answered     int      `json:"answered"`         // first responses, hollow and automatic ones too
	MeanHours    *float64 `json:"mean_hours"`       // over answered appeals only
	MedianHours  *float64 `json:"median_hours"`     // over answered appeals only
	Within7d     *float64 `json:"within_7d"`        // share of the *answered* that came within 7 days
	HonestWithin *float64 `json:"honest_within_7d"` // share of all appeals, for the contrast
}

// Point is the curve of waiting at one time: shares answered by then.
type Point struct {
	Hours        float64          `json:"hours"`
	Organisation measure.Estimate `json:"organisation"`
	Anyone       measure.Estimate `json:"anyone"`
	Withdrawn    float64          `json:"withdrawn"`
	AtRisk       int              `json:"at_risk"`     // still waiting and observed just before
	NaiveShare   float64          `json:"naive_share"` // what an answered-only average claims
}

// Waiting is who waits at the census, in the whole log.
type Waiting struct {
	Count  int           `json:"count"`
	Oldest *time.Time    `json:"oldest"`
	List   []WaitingItem `json:"list"` // the oldest first, cut at Parameters.WaitingShown
}

// WaitingItem is one appeal without an answer.
type WaitingItem struct {
	Message    conversation.MessageID `json:"message"`
	Thread     conversation.ThreadID  `json:"thread"`
	Author     conversation.PersonID  `json:"author"`
	Channel    string                 `json:"channel"`
	Department string                 `json:"department"`
	Lang       string                 `json:"lang"`
	Time       time.Time              `json:"time"`
	Hours      float64                `json:"hours"`    // waited until the census
	Messages   int                    `json:"messages"` // merged into this appeal
	NeedAnswer bool                   `json:"need_answer"`
	Peer       bool                   `json:"answered_by_peer"`
	Receipt    bool                   `json:"acknowledged"`
	Removed    bool                   `json:"removed"` // hidden or deleted, and not by its author
	Quote      string                 `json:"quote"`   // the beginning of its text
}

// Groups compare the window's appeals by facet.
type Groups struct {
	Channel    []Group `json:"channel"`
	Department []Group `json:"department"`
	Language   []Group `json:"language"`
	Newcomer   []Group `json:"newcomer"`
}

// Group is one group of a facet.
type Group struct {
	Name       string           `json:"name"`
	N          int              `json:"n"`
	Answered7d measure.Estimate `json:"answered_7d"`
	Shrunk     *float64         `json:"answered_7d_shrunk"` // drawn towards all groups' mean; nil where there is one group
	Attention  measure.Estimate `json:"attention"`
	FourFifths bool             `json:"below_four_fifths"` // under .8 of the best group's share

	// The same by anybody's answers. Shrunk and FourFifths go by [Options].Answers.
	Answered7dAny measure.Estimate `json:"answered_7d_anyone"`
	AttentionAny  measure.Estimate `json:"attention_anyone"`
}

// Period is one stretch of time, of the whole log.
type Period struct {
	From          time.Time        `json:"from"`
	Until         time.Time        `json:"until"`
	Appeals       int              `json:"appeals"`
	Answered7dOrg measure.Estimate `json:"answered_7d_org"`
	Answered7dAny measure.Estimate `json:"answered_7d_anyone"`
	Attention     measure.Estimate `json:"attention"`
	Responders    int              `json:"responders"` // people of the organisation who answered
}

// Alarm is a surge of messages that the season doesn't explain.
type Alarm struct {
	From     time.Time `json:"from"`     // when the surge began, as estimated
	Raised   time.Time `json:"raised"`   // when the watch would have told
	Peak     time.Time `json:"peak"`     // the fullest hour
	Until    time.Time `json:"until"`    // when it was over
	Observed int       `json:"observed"` // messages between From and Until
	Expected float64   `json:"expected"` // by the season alone
	Ongoing  bool      `json:"ongoing"`  // not over at the census
}

// Watch says how alarms were looked for and how often they err.
type Watch struct {
	Measured    bool            `json:"measured"`
	Threshold   float64         `json:"threshold"`
	Ratio       float64         `json:"ratio"`                    // ρ: the rise it is tuned for
	Dispersion  float64         `json:"dispersion"`               // r of the negative binomial; null-like 0 when Poisson
	PerHour     float64         `json:"per_hour"`                 // mean messages an hour
	FalseAlarms float64         `json:"false_alarms_per_90_days"` // as simulated at this threshold
	Doubts      []measure.Doubt `json:"doubts"`
}

// Crisis is the timeline of one alarm's episode. Times are nil when it never
// happened before the census; the hours count from Start.
type Crisis struct {
	Alarm           int              `json:"alarm"` // its place in the list of alarms
	Start           time.Time        `json:"start"`
	FirstWord       *Milestone       `json:"first_word"`      // the organisation's first public message
	Acknowledgement *Milestone       `json:"acknowledgement"` // its first that is signed by a person
	Leader          *Milestone       `json:"leader"`          // its leader's first word
	TwoWay          *Milestone       `json:"two_way"`         // its first answer to somebody
	Appeals         int              `json:"appeals"`         // of the episode, needing an answer
	Answered        measure.Estimate `json:"answered"`        // share of them answered by the census
	Apology         []Part           `json:"apology"`         // the six parts, said or not
	Promises        []Promise        `json:"promises"`        // next updates that were announced
	Words           []string         `json:"words"`           // what the community suddenly spoke of
	Course          []Course         `json:"course"`          // day by day
}

// Course is how a crisis stood after so many days: appeals about it that had
// arrived, and how many of them had been answered.
type Course struct {
	Days     int `json:"days"`
	Appeals  int `json:"appeals"`
	Answered int `json:"answered"`
}

// Milestone is one moment of a crisis, with the message that made it.
type Milestone struct {
	Message conversation.MessageID `json:"message"`
	Author  conversation.PersonID  `json:"author"`
	Time    time.Time              `json:"time"`
	Hours   float64                `json:"hours"` // since the crisis's start
	Lang    string                 `json:"lang"`
	Quote   string                 `json:"quote"`
}

// Part is one of the six parts of an apology (Lewicki, Polin & Lount 2016).
type Part struct {
	Name    string                 `json:"name"` // regret, explanation, responsibility, repentance, repair, forgiveness
	Said    bool                   `json:"said"`
	Message conversation.MessageID `json:"message,omitempty"`
}

// Promise is an announced next update.
type Promise struct {
	Message conversation.MessageID `json:"message"`
	Made    time.Time              `json:"made"`
	Due     time.Time              `json:"due"`
	Kept    *bool                  `json:"kept"` // nil: not due yet at the census
}
