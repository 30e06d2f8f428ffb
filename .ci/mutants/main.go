// Command mutants breaks one line at a time and looks whether a test notices.
//
//	go run ./.ci/mutants [-only WORD] [-j N] LIST...
//
// A list holds a mutant in each block of lines:
//
//	file  presence/appeal.go
//	was   if o.Cause == 2 {
//	now   if false {
//	test  ./presence -run Dozen
//
// was has to stand in the file exactly once (part of a line is enough); test is
// what go test is given. Lines that begin with # are comments. Every mutant is
// made in a copy of the tree; this one is not touched. The program tells the
// survivors and ends with 1 when there are more than one in twenty.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

type mutant struct {
	at             string // list and line
	file, was, now string
	test           []string
}

func main() {
	only := flag.String("only", "", "only mutants whose file or test holds this `word`")
	jobs := flag.Int("j", 2, "how many at once")
	flag.Parse()
	if err := run(*only, *jobs, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(only string, jobs int, lists []string) error {
	var all []mutant
	for _, list := range lists {
		some, err := read(list)
		if err != nil {
			return err
		}
		for _, m := range some {
			if strings.Contains(m.file+" "+strings.Join(m.test, " "), only) {
				all = append(all, m)
			}
		}
	}
	if len(all) == 0 {
		return errors.New("no mutants")
	}
	queue := make(chan mutant)
	var mu sync.Mutex
	var wrong error
	killed, survived := 0, []mutant{}
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			tree, err := copyTree()
			defer os.RemoveAll(tree)
			for m := range queue {
				dead, e := false, err
				if e == nil {
					dead, e = m.try(tree)
				}
				mu.Lock()
				switch {
				case e != nil:
					wrong = errors.Join(wrong, fmt.Errorf("%s: %w", m.at, e))
				case dead:
					killed++
					fmt.Printf("killed    %s: %s\n", m.file, m.now)
				default:
					survived = append(survived, m)
					fmt.Printf("SURVIVED  %s (%s): %s\n", m.file, m.at, m.now)
				}
				mu.Unlock()
			}
		})
	}
	for _, m := range all {
		queue <- m
	}
	close(queue)
	workers.Wait()
	total := killed + len(survived)
	fmt.Printf("%d of %d killed\n", killed, total)
	if wrong == nil && len(survived)*20 > total {
		wrong = errors.New("more than one in twenty survived")
	}
	return wrong
}

func read(list string) ([]mutant, error) {
	f, err := os.Open(list)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []mutant
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		key, value, _ := strings.Cut(strings.TrimSpace(in.Text()), " ")
		value = strings.TrimSpace(value)
		if key == "file" {
			all = append(all, mutant{at: fmt.Sprintf("%s:%d", list, n), file: value})
		}
		if key != "" && !strings.HasPrefix(key, "#") && len(all) == 0 {
			return nil, fmt.Errorf("%s:%d: a mutant begins with its file", list, n)
		}
		switch key {
		case "file", "":
		case "was":
			all[len(all)-1].was = value
		case "now":
			all[len(all)-1].now = value
		case "test":
			all[len(all)-1].test = strings.Fields(value)
		default:
			if !strings.HasPrefix(key, "#") {
				return nil, fmt.Errorf("%s:%d: %q is none of file, was, now, test", list, n, key)
			}
		}
	}
	return all, in.Err()
}

// copyTree copies the files that git knows, and those beside the checkout that
// tests read, by a link.
func copyTree() (string, error) {
	top, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	root, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return "", err
	}
	tree := filepath.Join(root, "tree")
	script := `mkdir "$1" && git ls-files -z | xargs -0 cp --parents -t "$1" && if [ -e ../shared ]; then ln -s "$(readlink -f ../shared)" "$1/../shared"; fi`
	out, err := exec.Command("sh", "-c", "cd '"+top+"' && "+strings.ReplaceAll(script, "$1", tree)).CombinedOutput()
	if err != nil {
		return tree, fmt.Errorf("copying the tree: %w: %s", err, out)
	}
	return tree, nil
}

// try makes a mutant and takes it back; dead says that a test failed.
func (m mutant) try(tree string) (dead bool, err error) {
	path := filepath.Join(tree, m.file)
	was, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	if n := strings.Count(string(was), m.was); n != 1 || m.was == "" {
		return false, fmt.Errorf("%q stands in %s %d times, not once", m.was, m.file, n)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(was), m.was, m.now, 1)), 0o600); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.WriteFile(path, was, 0o600)) }()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Minute)
	defer done()
	if out, err := command(ctx, tree, append([]string{"vet"}, packages(m.test)...)); err != nil {
		return false, fmt.Errorf("it doesn't compile: %s", out)
	}
	_, failed := command(ctx, tree, append([]string{"test", "-short", "-count=1"}, m.test...))
	return failed != nil, nil
}

// packages are the arguments of a test that name some.
func packages(test []string) (list []string) {
	for _, word := range test {
		if strings.HasPrefix(word, ".") {
			list = append(list, word)
		}
	}
	return list
}

func command(ctx context.Context, tree string, args []string) ([]byte, error) {
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir = tree
	return c.CombinedOutput()
}
