package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

var at = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func ok[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		no(t, err)
		return v
	}
}

func no(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// furnish puts a little of everything into a house.
func furnish(t *testing.T, s *store.Store) {
	ctx := t.Context()
	no(t, source.Save(ctx, s, source.Source{Name: "forum", Kind: source.File, Title: "Forum — été", Made: at}))
	var list []conversation.Message
	for i := range 2300 {
		list = append(list, conversation.Message{
			ID: conversation.MessageID(fmt.Sprint(i)), Thread: conversation.ThreadID(fmt.Sprint("t", i/9)), Author: conversation.PersonID(fmt.Sprintf("p%d", i%40)),
			Side: conversation.Community, Time: at.Add(time.Duration(i) * time.Minute), Text: fmt.Sprintf("word%d <b>été</b> \u2028 \"x\" 🙂", i), Private: i%2 == 0, Bot: i%3 == 0,
		})
	}
	ok(s.Append(ctx, "forum", list))(t)
	list[5].Deleted, list[6].Text = at, "edited"
	ok(s.Append(ctx, "forum", list[5:7]))(t)
	ok(people.MergePeople(ctx, s, "p1", "p2", "me"))(t)
	no(t, people.UndoMerge(ctx, s, ok(people.MergePeople(ctx, s, "p3", "p2", "me"))(t).ID, "me"))
	no(t, people.RefuseSuggestion(ctx, s, "p8", "p9", "me"))
	no(t, erasure.ObjectionTo(ctx, s, "p7"))
	ok(board.Thank(ctx, s, board.Thanks{ID: "t", From: "p1", To: "p9", Time: at, Text: "merci"}))(t)
	u := ok(account.SaveUser(ctx, s, account.User{Name: "Zoé", Mail: "zoe@example.org", Role: account.Admin, Made: at}))(t)
	ok(inbox.SetState(ctx, s, inbox.State{Thread: "forum/t3", Assignee: u.ID, Version: -1}, u.ID))(t)
	ok(inbox.AddNote(ctx, s, inbox.Note{Thread: "forum/t3", By: u.ID, Time: at, Text: "hm"}))(t)
	no(t, settings.Set(ctx, s, map[string]string{"name": "Coopérative"}))
	for range 3 {
		no(t, account.Audit(ctx, s, account.Act{By: u.ID, Action: "settings", Subject: "name"}))
	}
	ok(job.Enqueue(ctx, s, job.Job{Kind: "measure", Payload: []byte{0, 1, 255}}))(t)
	_, _, err := s.SaveBlob(ctx, "file", bytes.NewReader([]byte{0, 1, 255}))
	no(t, err)
}

// inventory lists what a house holds.
func inventory(t *testing.T, s *store.Store) map[string]any {
	ctx := t.Context()
	var messages []store.Message
	no(t, s.Each(ctx, store.Range{}, func(m store.Message) error { messages = append(messages, m); return nil }))
	jobs := ok(job.Jobs(ctx, s, 9))(t)
	return map[string]any{
		"messages": messages, "people": ok(people.People(ctx, s, "", 0, 0))(t), "counts": ok(s.Counts(ctx))(t),
		"changes": ok(s.Changes(ctx, 0, 9999))(t), "merges": ok(people.Merges(ctx, s, 9))(t), "suggestions": ok(people.Suggestions(ctx, s, 9))(t),
		"thanks": ok(board.ThanksGiven(ctx, s, time.Time{}))(t), "users": ok(account.Users(ctx, s))(t), "desks": ok(inbox.States(ctx, s))(t),
		"notes": ok(inbox.Notes(ctx, s, "forum/t3"))(t), "settings": ok(settings.All(ctx, s))(t), "acts": ok(account.Acts(ctx, s, 0, 9))(t),
		"sources": ok(source.List(ctx, s))(t), "jobs": jobs, "objects": ok(s.Refused(ctx, "p7"))(t),
		"found": ok(s.Messages(ctx, store.Range{Text: "ÉTÉ word17"}))(t),
	}
}

func sound(t *testing.T, s *store.Store) {
	t.Helper()
	for _, wrong := range ok(s.Verify(t.Context(), account.CheckAudit))(t) {
		t.Error(wrong)
	}
}

// A house restored or moved, to whichever engine, is the house.
func TestBackup(t *testing.T) {
	empty := map[string]func(testing.TB) string{"sqlite": func(t testing.TB) string { return filepath.Join(t.TempDir(), "new") }, "postgres": storetest.Empty}
	for from, open := range map[string]func(testing.TB) (*store.Store, string){"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		for to, where := range empty {
			t.Run(from+" to "+to, func(t *testing.T) {
				s, old := open(t)
				furnish(t, s)
				sound(t, s)
				want := inventory(t, s)
				path := filepath.Join(t.TempDir(), "backup")
				no(t, s.Backup(t.Context(), path))
				for what, fill := range map[string]func(store.Options) error{
					"restored": func(o store.Options) error { return store.Restore(t.Context(), path, o, nil) },
					"moved":    func(o store.Options) error { return store.Move(t.Context(), store.Options{Database: old}, o) },
				} {
					o := store.Options{Database: where(t)}
					no(t, fill(o))
					again := ok(store.Open(t.Context(), o))(t)
					if d := cmp.Diff(want, inventory(t, again)); d != "" {
						t.Errorf("%s, it differs:\n%s", what, d)
					}
					sound(t, again)
					goOn(t, again)
					no(t, again.Close())
					if err := fill(o); err == nil {
						t.Errorf("a full database can be overwritten")
					}
				}
			})
		}
	}
}

// goOn lives on in a house as if nothing had happened.
func goOn(t *testing.T, s *store.Store) {
	before := ok(s.LastChange(t.Context()))(t)
	out := ok(s.Append(t.Context(), "forum", []conversation.Message{{ID: "new", Author: "p1", Time: at, Text: "x"}, {ID: "newer", Author: "p7", Time: at, Text: "x"}}))(t)
	if out[0].Fate != store.Added || out[1].Why != store.WhyObjected {
		t.Errorf("%+v", out)
	}
	if n := ok(s.LastChange(t.Context()))(t); n != before+1 {
		t.Errorf("change %d follows %d", n, before)
	}
	ok(inbox.AddNote(t.Context(), s, inbox.Note{Thread: "forum/t3", By: 1, Time: at, Text: "ha"}))(t)
	ok(job.Enqueue(t.Context(), s, job.Job{Kind: "measure", Key: "k"}))(t)
	ok(account.SaveUser(t.Context(), s, account.User{Name: "Li", Mail: "li@example.org", Role: account.Reader}))(t)
	no(t, account.Audit(t.Context(), s, account.Act{Action: "restore"}))
	sound(t, s)
}

// Who objected after the backup was made is gone from what is restored.
func TestRestoreErasesAgain(t *testing.T) {
	s, _ := storetest.SQLite(t)
	furnish(t, s)
	path := filepath.Join(t.TempDir(), "backup")
	no(t, s.Backup(t.Context(), path))
	n := ok(erasure.ErasePerson(t.Context(), s, "p2", ""))(t)
	o := store.Options{Database: filepath.Join(t.TempDir(), "new")}
	no(t, erasure.Restore(t.Context(), path, o, s))
	again := ok(store.Open(t.Context(), o))(t)
	defer again.Close()
	if got := ok(again.Counts(t.Context()))(t).Messages; n == 0 || got != ok(s.Counts(t.Context()))(t).Messages {
		t.Errorf("%d messages are back, of %d erased", got, n)
	}
	if _, err := people.PersonOf(t.Context(), again, "p2"); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
	sound(t, again)
	other, _ := storetest.SQLite(t)
	if err := store.Restore(t.Context(), path, store.Options{Database: filepath.Join(t.TempDir(), "new")}, other); err == nil {
		t.Error("another house's objections are taken")
	}
}

// A broken backup is told, and leaves nothing behind that looks like a house.
func TestBrokenBackup(t *testing.T) {
	s, _ := storetest.SQLite(t)
	furnish(t, s)
	folder := t.TempDir()
	path := filepath.Join(folder, "backup")
	no(t, s.Backup(t.Context(), path))
	if wrong := ok(store.VerifyBackup(t.Context(), path, account.CheckAudit))(t); len(wrong) > 0 {
		t.Error(wrong)
	}
	if err := s.Backup(t.Context(), path); !errors.Is(err, os.ErrExist) {
		t.Error("a file is overwritten: ", err)
	}
	whole := ok(os.ReadFile(path))(t)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 4
	for what, broken := range map[string][]byte{"empty": nil, "short": whole[:len(whole)/2], "shorter": whole[:len(whole)-9], "flipped": flipped, "text": []byte(strings.Repeat("hello\n", 99))} {
		no(t, os.WriteFile(path, broken, 0o600))
		if _, err := store.VerifyBackup(t.Context(), path, account.CheckAudit); err == nil {
			t.Errorf("a backup that is %s is taken for a whole one", what)
		}
		o := store.Options{Database: filepath.Join(folder, what)}
		if err := store.Restore(t.Context(), path, o, nil); err == nil {
			t.Errorf("a backup that is %s is restored", what)
		}
		left := ok(store.Open(t.Context(), o))(t)
		if c := ok(left.Counts(t.Context()))(t); c.Messages != 0 || len(ok(account.Users(t.Context(), left))(t)) != 0 {
			t.Errorf("half of a backup that is %s is restored: %+v", what, c)
		}
		no(t, left.Close())
	}
}

// Verify notices what was changed behind the store's back.
func TestVerifyNotices(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		furnish(t, s)
		for _, statement := range []string{
			`UPDATE acts SET action = 'x' WHERE n = 2`,
			`DELETE FROM messages WHERE seq = 7`,
			`DELETE FROM changes WHERE last = (SELECT MIN(last) FROM changes)`,
			`UPDATE accounts SET person = 'x' WHERE n = 3`,
		} {
			before := len(ok(s.Verify(t.Context(), account.CheckAudit))(t))
			no(t, s.Exec(t.Context(), statement))
			if now := len(ok(s.Verify(t.Context(), account.CheckAudit))(t)); now <= before {
				t.Errorf("nobody notices %s", statement)
			}
		}
	})
}
