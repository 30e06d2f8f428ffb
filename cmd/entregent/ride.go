package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	gazetteer "github.com/entregent/entregent/gift/place"
	"github.com/entregent/entregent/gift/ride"
	"github.com/entregent/entregent/internal/ridebench"
	"github.com/entregent/entregent/internal/ridefile"
)

// rideCommand is about rides that take somebody along.
type rideCommand struct {
	Match rideMatchCommand `cmd:"" help:"Find the rides of a file that match the asks of another."`
	Bench rideBenchCommand `cmd:"" help:"Measure how fast and how complete matching is, on invented rides."`
}

// rideMatchCommand matches two files.
type rideMatchCommand struct {
	Rides string `arg:"" placeholder:"RIDES" help:"Rides, CSV or JSONL; - is standard input."`
	Asks  string `arg:"" placeholder:"ASKS" help:"Asks, CSV or JSONL; - is standard input."`

	Best     int           `short:"k" default:"10" placeholder:"N" help:"How many matches of each ask, the least detour first; 0 is all."`
	Format   ridefile.Form `default:"text" enum:"text,csv,jsonl" placeholder:"FORM" help:"text, csv or jsonl."`
	Places   string        `placeholder:"FILE" help:"A table of places to look names up in, instead of the communes of France: CSV with name, lat and lon."`
	Map      string        `placeholder:"FILE" help:"Match by roads: an extract of OpenStreetMap, .osm.pbf, in which all rides and asks lie."`
	OSRM     string        `name:"osrm" placeholder:"URL" help:"Match by roads the 200 best of each ask, as this OSRM server knows them."`
	Valhalla string        `placeholder:"URL" help:"The same with a Valhalla server."`
	TimeZone zone          `default:"Europe/Paris" placeholder:"ZONE" help:"Of times that don't say theirs."`
	Strict   bool          `help:"Stop if anything in the files can't be read."`
	Lang     string        `enum:",fr,en" default:"" placeholder:"LANG" help:"fr or en; else the environment's."`
	Quiet    bool          `short:"q" help:"Say nothing but the matches and what failed."`
}

// Help is what --help adds.
func (rideMatchCommand) Help() string {
	return `A ride matches when its driver's detour is at most 2 km and 15 % of the way, at most 20 km, in great circles; when seats are free on each leg that is shared; and when the hours fit.

Rides have from, to, depart; they may have id, via, zone, weekly (MO;TU), until, dates, except, seats (1), leg_seats, minutes, detour_km, detour_share, detour_max_km. Asks have from, to, and leave or arrive, 30 minutes before and after or as many as within says, or leave_from and leave_to, arrive_from and arrive_to; they may have id, zone, seats (1), walk_km. A place is a name or degrees (45.18,5.72; or from_lat and from_lon); several values have semicolons between.

Examples:

    entregent ride match rides.csv asks.csv
    entregent ride match -k 0 --format jsonl rides.jsonl asks.csv`
}

// Run reads both files and writes the matches.
func (c *rideMatchCommand) Run(s *step) error {
	if c.Best < 0 {
		return errors.New("-k: at least 1, or 0 for all")
	}
	places, err := c.places()
	if err != nil {
		return err
	}
	r := ridefile.Reader{Zone: c.TimeZone.Location, Places: places}
	x, err := c.matcher(s)
	if err != nil {
		return err
	}
	var rides []ridefile.Ride
	err = c.read(s, c.Rides, func(in io.Reader, file string) ([]ridefile.Problem, error) {
		return r.Rides(in, file, func(one ridefile.Ride) error {
			rides = append(rides, ridefile.Ride{Name: one.Name})
			one.ID = ride.ID(len(rides))
			return x.Add(one.Ride)
		})
	})
	if err != nil {
		return err
	}
	var asks []ridefile.Ask
	err = c.read(s, c.Asks, func(in io.Reader, file string) ([]ridefile.Problem, error) {
		return r.Asks(in, file, func(one ridefile.Ask) error { asks = append(asks, one); return nil })
	})
	if err != nil {
		return err
	}
	return c.write(s, x, rides, asks)
}

// places is where names are looked up.
func (c *rideMatchCommand) places() (*gazetteer.Table, error) {
	if c.Places == "" {
		return gazetteer.France(), nil
	}
	f, err := os.Open(c.Places)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gazetteer.Read(f, c.Places)
}

// read reads one file and tells what is wrong in it.
func (c *rideMatchCommand) read(s *step, file string, take func(io.Reader, string) ([]ridefile.Problem, error)) error {
	in, name := s.in, "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		in, name = f, file
	}
	problems, err := take(in, name)
	if err != nil {
		return err
	}
	if len(problems) > 0 && c.Strict {
		return problems[0]
	}
	if !c.Quiet {
		for _, p := range problems {
			fmt.Fprintln(s.err, p)
		}
	}
	return nil
}

// write matches each ask in turn.
func (c *rideMatchCommand) write(s *step, x matcher, rides []ridefile.Ride, asks []ridefile.Ask) error {
	l := language(c.Lang, s.env)
	out := bufio.NewWriter(s.out)
	w := ridefile.NewWriter(out, c.Format, l.Say("ride.nothing"))
	for _, a := range asks {
		found, err := x.Match(a.Ask, c.Best)
		if err != nil {
			return fmt.Errorf("ask %s: %w", a.Name, err)
		}
		if len(found) == 0 {
			err = w.Nothing(a.Name)
		}
		for i, m := range found {
			err = errors.Join(err, w.Match(ridefile.NewMatch(a.Name, i+1, rides[m.ID-1].Name, m, ride.Language(l))))
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(w.Flush(), out.Flush())
}

// rideBenchCommand lets anybody measure matching on their own machine.
type rideBenchCommand struct {
	Rides int    `default:"1000000" placeholder:"N" help:"How many rides to invent between the communes of France."`
	Asks  int    `default:"1000" placeholder:"N" help:"How many asks."`
	Check int    `default:"-1" placeholder:"N" help:"How many of them to compare with the exhaustive search; else all."`
	Seed  uint64 `default:"1" help:"Of what is invented."`
	Write string `placeholder:"DIR" help:"Write rides.csv, asks.csv and matches.csv there, so that another program can count again."`
	JSON  bool   `help:"Write it as JSON."`
	Quiet bool   `short:"q" help:"Say nothing but the result and what failed."`
}

// Run measures and tells.
func (c *rideBenchCommand) Run(s *step) error {
	if c.Rides < 1 || c.Asks < 1 {
		return errors.New("--rides and --asks: at least 1 each")
	}
	if c.Check < 0 {
		c.Check = c.Asks
	}
	if s.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(math.MaxInt64) // the invented rides stay in memory beside the index
	}
	bar := newBar(s.err, c.Quiet)
	defer bar.clear()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	r, rides, asks, found, err := ridebench.Run(s.ctx, ridebench.Options{Rides: c.Rides, Asks: c.Asks, Check: c.Check, Seed: c.Seed,
		From: time.Date(2026, 10, 12, 0, 0, 0, 0, zone), Tell: func(what string) { bar.tell(what, -1) }})
	if err != nil {
		return err
	}
	bar.clear()
	if c.Write != "" {
		if err := writeBench(c.Write, rides, asks, found); err != nil {
			return err
		}
	}
	if c.JSON {
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	return tellBench(s.out, r)
}

// tellBench says it in words.
func tellBench(out io.Writer, r ridebench.Result) error {
	share := func(v *float64) string {
		if v == nil {
			return "?"
		}
		return strconv.FormatFloat(*v, 'f', 4, 64)
	}
	_, err := fmt.Fprintf(out, "%d rides, %d asks\ntime of an ask   mean %.2f ms, median %.2f, 99th percentile %.2f, longest %.2f\nthe ten best     mean %.2f ms, 99th percentile %.2f\nrecall           %s, precision %s (%d asks compared with the exhaustive search)\nmemory           %.1f bytes a ride; sorted in %.1f s\n",
		r.Rides, r.Asks, r.MeanMS, r.P50MS, r.P99MS, r.MaxMS, r.TopMeanMS, r.TopP99MS, share(r.Recall), share(r.Precision), r.Checked, r.BytesPerRide, r.RebuildS)
	if err == nil && r.Radius != nil {
		_, err = fmt.Fprintf(out, "25 km at both ends, on the same rides: recall %.2f, precision %.2f; %d of %d answerable asks left without a match\n",
			r.Radius.Recall, r.Radius.Precision, r.Radius.Empty, r.Answerable)
	}
	return err
}

// writeBench writes what was invented and found, as ride match reads and writes it.
func writeBench(folder string, rides []ride.Ride, asks []ride.Ask, found [][]ride.Match) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return errors.Join(
		writeFile(filepath.Join(folder, "rides.csv"), func(w io.Writer) error { return ridefile.WriteRides(w, rides) }),
		writeFile(filepath.Join(folder, "asks.csv"), func(w io.Writer) error { return ridefile.WriteAsks(w, asks) }),
		writeFile(filepath.Join(folder, "matches.csv"), func(w io.Writer) error {
			out := ridefile.NewWriter(w, ridefile.CSV, "")
			for i, list := range found {
				for rank, m := range list {
					if err := out.Match(ridefile.NewMatch(strconv.Itoa(i+1), rank+1, strconv.FormatUint(uint64(m.ID), 10), m, ride.English)); err != nil {
						return err
					}
				}
			}
			return out.Flush()
		}))
}

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	return errors.Join(write(out), out.Flush(), f.Close())
}
