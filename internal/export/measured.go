package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// GiftMethod names how thanks are found; package gift has no number of its own.
const GiftMethod = "gift/1"

// GiftRow is a row of the table gifts.
type GiftRow struct {
	Thanks       string    `parquet:"thanks" about:"the thanks: who is thanked, in which message; a pseudonym if asked for"`
	Kind         string    `parquet:"kind" about:"solution, record, words or reaction"`
	From         string    `parquet:"from" about:"who thanks: she was helped"`
	To           string    `parquet:"to" about:"who is thanked: she helped"`
	Time         time.Time `parquet:"time,timestamp(microsecond)" about:"when, UTC"`
	Message      string    `parquet:"message" about:"where it is said"`
	For          string    `parquet:"for" about:"the message that helped; empty: none is named"`
	Paid         bool      `parquet:"paid" about:"the source tells of a price: no gift, and no strength"`
	Organisation bool      `parquet:"organisation" about:"who is thanked spoke for the organisation"`
	Strength     float64   `parquet:"strength" unit:"score" about:"how much it weighs, 0 to 1, by its kind"`
	Lo           float64   `parquet:"lo" unit:"score" about:"the strength: a kind's has no interval"`
	Hi           float64   `parquet:"hi" unit:"score" about:"the strength"`
	N            int64     `parquet:"n" about:"thanks it rests on: 1"`
	Method       string    `parquet:"method" about:"version of the definition that found it"`
}

func giftRows(data Data, o Options) (rows []GiftRow) {
	for _, t := range sorted(data.Thanks, func(a, b gift.Thanks) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Message, b.Message), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	}) {
		if o.in(t.Time) {
			rows = append(rows, GiftRow{Thanks: o.name("thanks", t.ID()), Kind: string(t.Kind), From: o.person(t.From), To: o.person(t.To),
				Time: t.Time.UTC(), Message: o.message(t.Message), For: o.message(t.For), Paid: t.Paid, Organisation: t.Organisation,
				Strength: t.Strength, Lo: t.Strength, Hi: t.Strength, N: 1, Method: GiftMethod})
		}
	}
	return rows
}

// estimate is a number with its bounds, in the tables values and presence.
type estimate struct {
	Center     *float64 `parquet:"center,optional" unit:"see unit" about:"the estimate; null: the data can't say"`
	Lo         *float64 `parquet:"lo,optional" unit:"see unit" about:"lower bound; null: none"`
	Hi         *float64 `parquet:"hi,optional" unit:"see unit" about:"upper bound; null: none"`
	Confidence *float64 `parquet:"confidence,optional" unit:"share" about:"of the interval from lo to hi; null: there is none"`
	N          int64    `parquet:"n" about:"observations it rests on"`
	Unit       string   `parquet:"unit" about:"share (0 to 1), points (0 to 100), hours, score (0 to 1) or count"`
	Method     string   `parquet:"method" about:"version of the definition that gave it"`
}

func told(e measure.Estimate, method string) estimate {
	t := estimate{Center: measure.Finite(e.Center), Lo: measure.Finite(e.Lo), Hi: measure.Finite(e.Hi), N: int64(e.N), Unit: string(e.Unit), Method: method}
	if e.Confidence > 0 {
		t.Confidence = &e.Confidence
	}
	return t
}

// ValueRow is a row of the table values.
type ValueRow struct {
	Scope        string     `parquet:"scope" about:"all, or department, channel or language, or period"`
	Group        string     `parquet:"group" about:"which of them; empty for all and for periods"`
	From         *time.Time `parquet:"from,optional,timestamp(microsecond)" about:"of periods: their beginning, UTC"`
	To           *time.Time `parquet:"to,optional,timestamp(microsecond)" about:"of periods: their end, exclusive"`
	Kind         string     `parquet:"kind" about:"value, axis or distance (of the whole profiles)"`
	ID           string     `parquet:"id" about:"the value or the axis, as its yardstick names it"`
	Organisation *float64   `parquet:"organisation,optional" unit:"share" about:"mean probability in the organisation's messages; null: too few, or no value"`
	Community    *float64   `parquet:"community,optional" unit:"share" about:"mean probability in the community's"`
	Differs      bool       `parquet:"differs" about:"the gap is there, corrected for the number of values looked at"`
	estimate
	Yardstick string `parquet:"yardstick" about:"the list of values"`
	Hash      string `parquet:"yardstick_hash" about:"SHA-256 of the yardstick's name and of its values' ids and names, in hexadecimal"`
}

func valueRows(data Data) (rows []ValueRow) {
	r := data.Gap
	if r == nil {
		return nil
	}
	hash := yardstickHash(r)
	add := func(row ValueRow, kind, id string, e measure.Estimate) {
		row.Kind, row.ID, row.Yardstick, row.Hash, row.estimate = kind, id, r.Yardstick, hash, told(e, r.Method)
		rows = append(rows, row)
	}
	for _, v := range r.Values {
		add(ValueRow{Scope: "all", Organisation: v.Organisation, Community: v.Community, Differs: v.Differs}, "value", v.ID, v.Gap)
	}
	gaps := func(row ValueRow, axes, values map[string]measure.Estimate) {
		for _, id := range slices.Sorted(maps.Keys(values)) {
			add(row, "value", id, values[id])
		}
		for _, id := range slices.Sorted(maps.Keys(axes)) {
			add(row, "axis", id, axes[id])
		}
	}
	gaps(ValueRow{Scope: "all"}, r.Axes, nil)
	add(ValueRow{Scope: "all"}, "distance", "jsd", r.Distance.JSD)
	for _, g := range r.Groups {
		row := ValueRow{Scope: string(g.By), Group: g.Name}
		gaps(row, g.Axes, g.Values)
		add(row, "distance", "jsd", g.Distance.JSD)
	}
	for _, p := range r.Periods {
		gaps(ValueRow{Scope: "period", From: when(p.From), To: when(p.To)}, p.Axes, p.Values)
	}
	return rows
}

// yardstickHash tells yardsticks of one name apart.
func yardstickHash(r *gap.Report) string {
	parts := []any{r.Yardstick}
	for _, v := range r.Values {
		parts = append(parts, v.ID, v.Name)
	}
	text, err := json.Marshal(parts)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

// PresenceRow is a row of the table presence.
type PresenceRow struct {
	Measure string     `parquet:"measure" about:"index, one of its six components, answered, acknowledged, now, curve, median_wait or attention"`
	Scope   string     `parquet:"scope" about:"all, or channel, department, language or newcomer, or period"`
	Group   string     `parquet:"group" about:"which of them; empty for all and for periods"`
	Within  string     `parquet:"within" about:"of shares: answered within so long (1h, 24h, 48h, 7d; of the curve: hours)"`
	Rule    string     `parquet:"rule" about:"whose answer counts: org (a human of the organisation) or anyone"`
	Of      string     `parquet:"of" about:"of which appeals: all, or needing (those that need an answer)"`
	From    *time.Time `parquet:"from,optional,timestamp(microsecond)" about:"appeals that arrived from here on, UTC"`
	Until   *time.Time `parquet:"until,optional,timestamp(microsecond)" about:"and before here; of all and groups it is the census too"`
	estimate
}

func presenceRows(data Data) (rows []PresenceRow) {
	r := data.Presence
	if r == nil {
		return nil
	}
	all := PresenceRow{Scope: "all", From: when(r.Window.From), Until: when(r.Window.Until)}
	add := func(row PresenceRow, name string, e measure.Estimate) {
		row.Measure, row.estimate = name, told(e, r.Version)
		rows = append(rows, row)
	}
	rows = append(rows, indexRow(all, r))
	c := r.Components
	for _, part := range []struct {
		name string
		presence.Component
	}{{"attention", c.Attention}, {"constancy", c.Constancy}, {"evenness", c.Evenness}, {"diffusion", c.Diffusion}, {"voice", c.Voice}, {"conversation", c.Conversation}} {
		add(all, part.name, part.Estimate)
	}
	for _, shares := range []struct {
		name string
		list []presence.Answered
	}{{"answered", r.Answered}, {"answered", r.AnsweredNeeding}, {"acknowledged", r.Acknowledged}, {"now", r.Now}} {
		for _, a := range shares.list {
			row := all
			row.Within, row.Rule, row.Of = a.Within, string(a.Rule), string(a.Of)
			add(row, shares.name, a.Estimate)
		}
	}
	add(all, "median_wait", r.MedianWait)
	for _, p := range r.Curve {
		row := all
		row.Within = strconv.FormatFloat(p.Hours, 'g', -1, 64) + "h"
		row.Rule = string(presence.ByOrganisation)
		add(row, "curve", p.Organisation)
		row.Rule = string(presence.ByAnyone)
		add(row, "curve", p.Anyone)
	}
	for _, facet := range []struct {
		name string
		list []presence.Group
	}{{"channel", r.Groups.Channel}, {"department", r.Groups.Department}, {"language", r.Groups.Language}, {"newcomer", r.Groups.Newcomer}} {
		for _, g := range facet.list {
			row := all
			row.Scope, row.Group = facet.name, g.Name
			add(row, "attention", g.Attention)
			row.Within, row.Rule = "7d", string(presence.ByOrganisation)
			add(row, "answered", g.Answered7d)
		}
	}
	for _, p := range r.Periods {
		row := PresenceRow{Scope: "period", From: when(p.From), Until: when(p.Until)}
		add(row, "attention", p.Attention)
		row.Within, row.Rule = "7d", string(presence.ByOrganisation)
		add(row, "answered", p.Answered7dOrg)
		row.Rule = string(presence.ByAnyone)
		add(row, "answered", p.Answered7dAny)
	}
	return rows
}

// indexRow is the index as an estimate; null where the display rule gives none.
func indexRow(row PresenceRow, r *presence.Report) PresenceRow {
	row.Measure = "index"
	row.estimate = estimate{Center: r.Index.Value, Lo: r.Index.Lo, Hi: r.Index.Hi, N: int64(r.Index.NAppeals), Unit: string(measure.Points), Method: r.Version}
	if r.Index.Confidence > 0 && r.Index.Lo != nil {
		row.Confidence = &r.Index.Confidence
	}
	return row
}
