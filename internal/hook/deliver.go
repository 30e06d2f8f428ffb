package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/reach"
	"github.com/entregent/entregent/internal/store"
)

// Job is the kind of the job that tells a hook what changed; its key is the
// hook's ID.
const Job = "hook"

// Delivery is the body of what a hook is sent, as JSON: changes in the order of
// their numbers, at most Batch of them. What changed is told by its name
// alone; what it says now can be asked of the server, with a token.
type Delivery struct {
	Hook    int64          `json:"hook"`
	Changes []store.Change `json:"changes"`
}

// Batch is how many changes go into one delivery.
const Batch = 100

// Dispatcher tells hooks what changed.
type Dispatcher struct {
	Store *store.Store
	// AllowPrivate allows hooks in private networks, and without TLS; asked before
	// each delivery. Nil: never.
	AllowPrivate func(ctx context.Context) bool
	Log          *slog.Logger // slog.Default() if nil
	// Now is the clock of the time stamps; time.Now if nil.
	Now func() time.Time
}

// Sign gives the signature of a delivery, the value of the header
// webhook-signature:
//
//	"v1," + base64(HMAC-SHA256(key, id + "." + timestamp + "." + body))
//
// where id and timestamp are the headers webhook-id and webhook-timestamp as they
// stand (the timestamp in seconds since 1970), body is the request's body byte for
// byte, base64 is the standard one with padding, and key is the hook's secret: its
// bytes as they are or, if it begins with "whsec_", what the rest is the base64 of.
// This is the scheme of standardwebhooks.com, whose libraries check it.
//
// A receiver compares in constant time, refuses time stamps more than five minutes
// off, and does an id once: a delivery that is tried again has the same id and the
// same changes. The time stamp, and with it the signature, is new each time.
func Sign(secret, id string, timestamp int64, body []byte) string {
	key := []byte(secret)
	if rest, ok := strings.CutPrefix(secret, "whsec_"); ok {
		if k, err := base64.StdEncoding.DecodeString(rest); err == nil {
			key = k
		}
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + strconv.FormatInt(timestamp, 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Follow adds a job for each hook that something happened for, as it happens,
// until ctx ends. Any number of processes may do so.
func (d *Dispatcher) Follow(ctx context.Context) error {
	wake, stop := d.Store.Woken()
	defer stop()
	asked := map[int64]int64{} // by hook: the newest change a job was added for
	for ctx.Err() == nil {
		if err := d.enqueue(ctx, asked); err != nil && ctx.Err() == nil {
			d.log().Error("looking for hooks to tell", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-time.After(time.Minute):
		}
		select { // a little later, so that what comes together goes together
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// enqueue adds a job for each hook that changes wait for.
func (d *Dispatcher) enqueue(ctx context.Context, asked map[int64]int64) error {
	hooks, err := List(ctx, d.Store)
	if err != nil || len(hooks) == 0 {
		return err
	}
	last, err := d.Store.LastChange(ctx)
	if err != nil {
		return err
	}
	for _, k := range hooks {
		if !k.Off.IsZero() || k.Upto >= last || asked[k.ID] >= last {
			continue
		}
		if _, err := job.Enqueue(ctx, d.Store, job.Job{Kind: Job, Key: strconv.FormatInt(k.ID, 10)}); err != nil {
			return err
		}
		asked[k.ID] = last
	}
	return nil
}

// Deliver does a job of the kind Job: it tells a hook all that happened since it
// was last told, a delivery at a time and in order. A delivery that fails is tried
// again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and whatever else
// happens waits with it. Then, or at once if the address can't be one or answers
// that it is gone (410), the hook is turned off; turned on again, it is told all
// that happened meanwhile.
func (d *Dispatcher) Deliver(ctx context.Context, j job.Job, tell func(float64, string)) error {
	for {
		k, err := d.find(ctx, j.Key)
		if err != nil || k == nil {
			return err
		}
		from, upto, changes, err := d.next(ctx, *k)
		if err != nil || upto == from {
			return err
		}
		if len(changes) > 0 {
			if err := markTrying(ctx, d.Store, k.ID, upto); err != nil {
				return err
			}
			if err := d.post(ctx, *k, from, upto, changes); err != nil {
				return d.failed(ctx, *k, j.Attempt, fmt.Errorf("telling %s: %w", nameOf(k.URL), err))
			}
		}
		if err := markTold(ctx, d.Store, k.ID, upto); err != nil {
			return err
		}
		tell(0, strconv.FormatInt(upto, 10))
	}
}

// retries is how long to wait after each failed delivery: with the first try as
// many attempts as a job.Runner makes unless it is told otherwise.
var retries = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 10 * time.Hour}

// failed says when a delivery is tried again, or turns its hook off.
func (d *Dispatcher) failed(ctx context.Context, k Hook, attempt int, err error) error {
	if ctx.Err() != nil {
		return err // broken off, and no fault of the hook's
	}
	if attempt <= len(retries) && !job.IsPermanent(err) {
		return job.After(max(retries[max(attempt, 1)-1], job.RetryAfter(err)), err)
	}
	k.Off, k.Secret = d.now(), "" // an empty one leaves it as it is
	if _, off := Save(ctx, d.Store, k); off != nil {
		return errors.Join(err, off)
	}
	return job.Permanent(err)
}

// find gives the hook of a job; nil when it is gone or turned off, and there is
// nothing to be done.
func (d *Dispatcher) find(ctx context.Context, key string) (*Hook, error) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, job.Permanent(fmt.Errorf("a job for no hook: %w", err))
	}
	hooks, err := List(ctx, d.Store)
	if err != nil {
		return nil, err
	}
	for i := range hooks {
		if hooks[i].ID == id && hooks[i].Off.IsZero() {
			return &hooks[i], nil
		}
	}
	return nil, nil
}

// next gives what a hook is to be told now: the changes it asked for among those
// behind from, up to upto.
func (d *Dispatcher) next(ctx context.Context, k Hook) (from, upto int64, changes []store.Change, err error) {
	from, upto = k.Upto, k.Upto
	changes, err = d.Store.Changes(ctx, from, Batch)
	if err != nil {
		return from, upto, nil, err
	}
	if k.Trying > from { // a delivery that is tried again is the same
		changes = slices.DeleteFunc(changes, func(c store.Change) bool { return c.N > k.Trying })
		upto = k.Trying
	} else if len(changes) > 0 {
		upto = changes[len(changes)-1].N
	}
	if len(k.Kinds) > 0 {
		changes = slices.DeleteFunc(changes, func(c store.Change) bool { return !slices.Contains(k.Kinds, c.Kind) })
	}
	return from, upto, changes, nil
}

var errNotHTTPS = errors.New("a hook's address begins with https://")

// Check says whether an address can be a hook's: https, with a name or an
// address, and no user. Where it leads is looked at when it is told something.
func Check(address string, allowPrivate bool) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("a hook's address: %w", err)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !allowPrivate) || u.Host == "" || u.User != nil {
		return errNotHTTPS
	}
	return nil
}

// post sends one delivery. Its id names the hook and the changes, so it is the
// same whenever it is tried.
func (d *Dispatcher) post(ctx context.Context, k Hook, from, upto int64, changes []store.Change) error {
	private := d.AllowPrivate != nil && d.AllowPrivate(ctx)
	if err := Check(k.URL, private); err != nil {
		return job.Permanent(err)
	}
	body, err := json.Marshal(Delivery{Hook: k.ID, Changes: changes})
	if err != nil {
		return job.Permanent(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, k.URL, bytes.NewReader(body))
	if err != nil {
		return job.Permanent(err)
	}
	id, stamp := fmt.Sprintf("hook-%d-%d-%d", k.ID, from+1, upto), d.now().Unix()
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Entregent")
	r.Header.Set("webhook-id", id)
	r.Header.Set("webhook-timestamp", strconv.FormatInt(stamp, 10))
	r.Header.Set("webhook-signature", Sign(k.Secret, id, stamp, body))
	client := reach.Client(private)
	defer client.CloseIdleConnections()
	answer, err := client.Do(r)
	if err != nil {
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err // without the address, whose path may be secret
		}
		if errors.Is(err, reach.ErrPrivate) {
			err = job.Permanent(err)
		}
		return err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // what it says doesn't matter
	return answered(answer)
}

// answered reads how a hook took a delivery: well (2xx), never again (410), or
// not now.
func answered(answer *http.Response) error {
	switch {
	case answer.StatusCode/100 == 2:
		return nil
	case answer.StatusCode == http.StatusGone:
		return job.Permanent(errors.New("it is gone (410)"))
	case answer.StatusCode/100 == 3:
		return errors.New("it answers by a redirect, which isn't followed: " + answer.Status)
	}
	seconds, _ := strconv.Atoi(answer.Header.Get("Retry-After")) // a date is left to the usual wait
	return job.After(time.Duration(max(seconds, 0))*time.Second, errors.New("it answers "+answer.Status))
}

func (d *Dispatcher) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

func (d *Dispatcher) log() *slog.Logger {
	if d.Log != nil {
		return d.Log
	}
	return slog.Default()
}

// nameOf is a hook's address as it may be shown: without its path and query, which
// may hold a secret.
func nameOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return "a hook"
}
