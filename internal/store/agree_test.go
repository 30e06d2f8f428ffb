package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// Both engines make the same of the same: imports, edits, deletions, merges and
// their undoing, sides, objections, sources that go, in any order.
func TestEnginesAgree(t *testing.T) {
	lite, _ := storetest.SQLite(t)
	pg, _ := storetest.Postgres(t)
	for seed := range uint64(3) {
		var houses [2]map[string]any
		for i, s := range []*store.Store{lite, pg} {
			live(t, s, rand.New(rand.NewPCG(seed, 6)), fmt.Sprintf("h%d-", seed))
			sound(t, s)
			houses[i] = timeless(t, s)
		}
		if d := cmp.Diff(houses[0], houses[1]); d != "" {
			t.Fatalf("with seed %d, SQLite and PostgreSQL differ (-sqlite +postgres):\n%s", seed, d)
		}
	}
}

// live does a hundred things at random.
func live(t *testing.T, s *store.Store, r *rand.Rand, name string) {
	ctx := t.Context()
	source := func() string { return fmt.Sprintf("%ss%d", name, r.IntN(3)) }
	who := func() conversation.PersonID { return conversation.PersonID(fmt.Sprintf("%sp%d", name, r.IntN(12))) }
	for range 100 {
		switch r.IntN(12) {
		default:
			list := make([]conversation.Message, 1+r.IntN(20))
			for i := range list {
				list[i] = conversation.Message{ID: conversation.MessageID(fmt.Sprint(r.IntN(200))), Author: who(), Time: at.Add(time.Duration(r.IntN(999)) * time.Minute),
					Side: conversation.Side(r.IntN(3)), Text: fmt.Sprintf("été %d", r.IntN(50)), Department: []string{"", "support"}[r.IntN(2)]}
				if r.IntN(3) == 0 {
					list[i].ReplyTo = conversation.MessageID(fmt.Sprint(r.IntN(220)))
				}
				if r.IntN(3) == 0 {
					list[i].Thread = conversation.ThreadID(fmt.Sprint(r.IntN(30)))
				}
				if r.IntN(20) == 0 {
					list[i].Deleted = at
				}
				if r.IntN(9) == 0 {
					list[i].Author = ""
				}
			}
			ok(s.Append(ctx, source(), list))(t)
		case 0, 1:
			_, _ = people.MergePeople(ctx, s, who(), who(), "") // there may be no such people
		case 2:
			for _, m := range ok(people.Merges(ctx, s, 3))(t) {
				_ = people.UndoMerge(ctx, s, m.ID, "") // or it was undone
			}
		case 3:
			_ = people.SetSide(ctx, s, string(who()), conversation.Side(r.IntN(3)), "press")
		case 4:
			if r.IntN(5) == 0 {
				no(t, erasure.ObjectionTo(ctx, s, string(who())))
			}
		case 5:
			if r.IntN(5) == 0 {
				ok(erasure.RemoveSource(ctx, s, source()))(t)
			}
		}
	}
}

// timeless is what a house holds, without when it was written down.
func timeless(t *testing.T, s *store.Store) map[string]any {
	house := inventory(t, s)
	changes := slices.Clone(house["changes"].([]store.Change))
	for i := range changes {
		changes[i].Time = time.Time{}
	}
	merges := slices.Clone(house["merges"].([]people.Merge))
	for i := range merges {
		merges[i].Time = time.Time{}
		if !merges[i].Undone.IsZero() {
			merges[i].Undone = at
		}
	}
	house["changes"], house["merges"] = changes, merges
	house["words"] = ok(s.Messages(t.Context(), store.Range{Text: "ETE 17", Limit: 999}))(t)
	return house
}
