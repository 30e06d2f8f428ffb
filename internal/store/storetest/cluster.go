package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// cluster is a PostgreSQL for the tests of one process: the one whose address is
// in ENTREGENT_POSTGRES, or one started from the installed binaries in a
// temporary folder, gone when the process ends however it ends.
var cluster struct {
	once    sync.Once
	address *url.URL // of its database postgres
	missing string   // why there is none
	err     error
	alive   *os.File // the far end is read by whoever stops the cluster

	template sync.Once
	err2     error
}

// Postgres opens a store of its own on a real PostgreSQL, or skips the test and
// says why. The address is for opening it once more.
func Postgres(t testing.TB) (s *store.Store, address string) {
	t.Helper()
	start(t)
	cluster.template.Do(func() { cluster.err2 = makeTemplate() })
	if cluster.err2 != nil {
		t.Fatalf("making a template: %v", cluster.err2)
	}
	address = create(t, template)
	return open(t, address), address
}

// Empty gives the address of an empty database on a real PostgreSQL.
func Empty(t testing.TB) (address string) {
	t.Helper()
	start(t)
	return create(t, "template0")
}

var template = "entregent_template_" + strconv.Itoa(os.Getpid())

func makeTemplate() error {
	if err := sqlAt("postgres", `CREATE DATABASE `+template); err != nil {
		return err
	}
	s, err := store.Open(context.Background(), store.Options{Database: addressOf(template)})
	if err != nil {
		return err
	}
	return s.Close()
}

func start(t testing.TB) {
	t.Helper()
	cluster.once.Do(func() {
		if given := os.Getenv("ENTREGENT_POSTGRES"); given != "" {
			cluster.address, cluster.err = url.Parse(given)
			return
		}
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
		if len(found) == 0 {
			cluster.missing = "no PostgreSQL: neither ENTREGENT_POSTGRES (an address) nor /usr/lib/postgresql/*/bin"
			return
		}
		cluster.err = startCluster(filepath.Dir(found[len(found)-1]))
	})
	if cluster.missing != "" {
		t.Skip(cluster.missing)
	}
	if cluster.err != nil {
		t.Fatalf("starting PostgreSQL: %v", cluster.err)
	}
}

// keeper runs the server until its own input ends, which is when the process of
// the tests is gone, and then removes all of it.
const keeper = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses='' -c fsync=on -c shared_buffers=64MB >"$2/log" 2>&1 &
cat >/dev/null; kill -QUIT $!; wait $!; rm -rf "$2"`

func startCluster(binaries string) error {
	folder, err := os.MkdirTemp("", "entregent-pg-")
	if err != nil {
		return err
	}
	who, name, err := postgresUser()
	if err != nil {
		return err
	}
	if who != nil {
		if err := os.Chown(folder, int(who.Uid), int(who.Gid)); err != nil {
			return err
		}
	}
	initdb := exec.Command(filepath.Join(binaries, "initdb"), "-D", folder+"/data", "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	initdb.Dir = folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	server := exec.Command("sh", "-c", keeper, "sh", binaries, folder)
	server.SysProcAttr = &syscall.SysProcAttr{Credential: who, Setpgid: true}
	server.Dir = folder
	theirs, ours, err := os.Pipe()
	if err != nil {
		return err
	}
	server.Stdin, cluster.alive = theirs, ours
	if err := server.Start(); err != nil {
		return err
	}
	_ = theirs.Close()
	cluster.address = &url.URL{Scheme: "postgres", User: url.User(name), Path: "/postgres", RawQuery: url.Values{"host": {folder}}.Encode()}
	return ready(folder)
}

// postgresUser is whom the server runs as: PostgreSQL doesn't run as root.
func postgresUser() (*syscall.Credential, string, error) {
	if os.Getuid() != 0 {
		return nil, "entregent", nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, "", err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, "", err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, "postgres", err
}

func ready(folder string) (err error) {
	for range 200 {
		if err = sqlAt("postgres", `SELECT 1`); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(folder + "/log")
	return fmt.Errorf("%w\n%s", err, log)
}

func addressOf(database string) string {
	u := *cluster.address
	u.Path = "/" + database
	return u.String()
}

func sqlAt(database, statement string) error {
	db, err := sql.Open("pgx", addressOf(database))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// create makes a database of a template and drops it when the test is over.
func create(t testing.TB, from string) (address string) {
	t.Helper()
	random := make([]byte, 8)
	_, _ = rand.Read(random)
	name := "entregent_test_" + hex.EncodeToString(random)
	if err := sqlAt("postgres", `CREATE DATABASE `+name+` TEMPLATE `+from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sqlAt("postgres", `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return addressOf(name)
}
