package web

import (
	"context"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/entregent/entregent/internal/account"
)

// How the server is, for whoever looks after the machine. Nothing here names a
// person.
var healthRoutes = []Route{
	{Method: http.MethodGet, Path: "/healthz", Name: "healthz", Allow: account.Anyone, Raw: healthz},
	{Method: http.MethodGet, Path: "/readyz", Name: "readyz", Allow: account.Anyone, Raw: readyz},
	{Method: http.MethodGet, Path: "/metrics", Name: "metrics", Allow: account.Anyone, Scope: account.Read, Raw: metrics},
}

// healthz says that the process answers.
func healthz(_ *Request, w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Write([]byte("ok\n")) //nolint:errcheck // nobody is there to be told
}

// readiness is how far the server is on its way to answering well.
type readiness struct {
	Ready bool    `json:"ready"`
	Store bool    `json:"store"` // it answers
	Read  float64 `json:"read"`  // share of the conversation that the measures have read
}

// readyz says 503 until the measures have read the whole conversation, and when
// the store doesn't answer.
func readyz(r *Request, _ http.ResponseWriter) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	_, err := r.Server.Store.LastChange(ctx)
	read, ready := r.Server.Live.Ready()
	status, now := http.StatusOK, readiness{ready && err == nil, err == nil, read}
	if !now.Ready {
		status = http.StatusServiceUnavailable
	}
	r.JSON(status, now)
}

// gauges are what is counted while the server runs.
type gauges struct {
	asked   *prometheus.CounterVec
	took    *prometheus.HistogramVec
	streams prometheus.Gauge
	handler http.Handler
}

func newGauges(s *Server) *gauges {
	g := &gauges{
		asked: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entregent_requests_total", Help: "Requests answered, by route and status."}, []string{"route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "entregent_request_seconds", Help: "How long answers took, by route.",
			Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30}}, []string{"route"}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{Name: "entregent_open_pages", Help: "Pages that are told of changes at this moment."}),
	}
	of := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	known := prometheus.NewRegistry()
	known.MustRegister(g.asked, g.took, g.streams, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		of("entregent_messages", "Messages that the measures have read.", func() float64 { return float64(s.Live.Figures().Messages) }),
		of("entregent_waiting", "Messages that wait for an answer.", func() float64 { return float64(s.Live.Figures().Waiting) }),
		of("entregent_live_change", "Number of the newest change that the measures know.", func() float64 { return float64(s.Live.Figures().Change) }),
		of("entregent_store_change", "Number of the newest change in the store.", func() float64 {
			n, err := s.Store.LastChange(context.Background())
			if err != nil {
				return -1
			}
			return float64(n)
		}))
	g.handler = promhttp.HandlerFor(known, promhttp.HandlerOpts{})
	return g
}

// metrics are for the machine itself and its own network, for whoever may see the
// measures, and for programs with a token that reads.
func metrics(r *Request, w http.ResponseWriter) {
	if !account.Watching.Has(r.User.Role) && !isLocal(r.Request) {
		r.Server.Fail(r, ErrLost)
		return
	}
	r.Server.gauges.handler.ServeHTTP(w, r.Request)
}

// isLocal says whether a request comes from the machine or its own network, and not
// through a proxy.
func isLocal(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	ip := from.Addr().Unmap()
	return err == nil && (ip.IsLoopback() || ip.IsPrivate()) && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}

// seen counts an answer of a route.
func (g *gauges) seen(route Route, status int, took time.Duration) {
	g.asked.WithLabelValues(route.Name, strconv.Itoa(status)).Inc()
	g.took.WithLabelValues(route.Name).Observe(took.Seconds())
}

// statusRecorder is a ResponseWriter that remembers the status.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (n *statusRecorder) WriteHeader(status int) {
	if n.status == 0 {
		n.status = status
	}
	n.ResponseWriter.WriteHeader(status)
}

func (n *statusRecorder) Write(b []byte) (int, error) {
	if n.status == 0 {
		n.status = http.StatusOK
	}
	return n.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (n *statusRecorder) Unwrap() http.ResponseWriter { return n.ResponseWriter }
