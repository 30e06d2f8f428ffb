package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/app"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/store"
)

// keepCommands look after what a house keeps.
type keepCommands struct {
	Backup  backupCommand  `cmd:"" group:"The living house" help:"Write everything a house keeps into one file, while it is open."`
	Restore restoreCommand `cmd:"" group:"The living house" help:"Fill an empty database from a backup."`
	Verify  verifyCommand  `cmd:"" group:"The living house" help:"Look a house or a backup through, and tell what is wrong."`
	Move    moveCommand    `cmd:"" group:"The living house" help:"Copy a house into another database: SQLite to PostgreSQL, or back."`
	Export  exportCommand  `cmd:"" group:"The living house" help:"Write a table of what a house knows: Parquet, CSV or JSON lines."`
	Migrate migrateCommand `cmd:"" group:"The living house" help:"Bring a house's database forward to this version; serve does it too."`
}

// within opens the house's store for a piece of work.
func (w *where) within(s *step, do func(*store.Store) error) error {
	kept, err := w.open(s)
	if err != nil {
		return err
	}
	return errors.Join(do(kept), kept.Close())
}

// backupCommand writes a backup.
type backupCommand struct {
	File string `arg:"" help:"The file to make; it must not be there."`
	where
}

// Run backs up.
func (c *backupCommand) Run(s *step) error {
	if err := c.there(); err != nil {
		return err
	}
	return c.within(s, func(kept *store.Store) error {
		if err := kept.Backup(s.ctx, c.File); err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s: %d bytes; entregent verify %s looks it through\n", c.File, info.Size(), c.File)
		return err
	})
}

// there says whether the house's folder exists: looking after a house doesn't
// build one.
func (w *where) there() error {
	if w.Database != "" {
		return nil
	}
	if _, err := os.Stat(w.Data); err != nil {
		return fmt.Errorf("there is no house: %w", err)
	}
	return nil
}

// restoreCommand reads a backup.
type restoreCommand struct {
	File string `arg:"" help:"The backup."`
	where
	Former string `placeholder:"DIR|URL" help:"The house as it was before, if it is still there: who objected in it since the backup is erased from what is restored."`
}

// Run restores.
func (c *restoreCommand) Run(s *step) (err error) {
	var former *store.Store
	if c.Former != "" {
		if former, err = store.Open(s.ctx, store.Options{Database: c.Former}); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, former.Close()) }()
	}
	if err := erasure.Restore(s.ctx, c.File, store.Options{Database: c.store()}, former); err != nil {
		return err
	}
	return c.count(s, "restored")
}

// count says how much a house holds.
func (w *where) count(s *step, what string) error {
	return w.within(s, func(kept *store.Store) error {
		n, err := kept.Counts(s.ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s: %d messages in %d threads by %d people\n", what, n.Messages, n.Threads, n.People)
		return err
	})
}

// verifyCommand looks a house or a backup through.
type verifyCommand struct {
	File string `arg:"" optional:"" help:"A backup; else the house itself."`
	where
}

// Run verifies; what is wrong is a failure.
func (c *verifyCommand) Run(s *step) error {
	wrong, err := c.look(s.ctx, s)
	if err != nil {
		return err
	}
	for _, one := range wrong {
		fmt.Fprintln(s.out, one)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d things are wrong", len(wrong))
	}
	_, err = fmt.Fprintln(s.out, "all is well")
	return err
}

func (c *verifyCommand) look(ctx context.Context, s *step) (wrong []string, err error) {
	if c.File != "" {
		return store.VerifyBackup(ctx, c.File, account.CheckAudit)
	}
	if err := c.there(); err != nil {
		return nil, err
	}
	err = c.within(s, func(kept *store.Store) error {
		wrong, err = kept.Verify(ctx, account.CheckAudit)
		return err
	})
	return wrong, err
}

// moveCommand copies a house into another database.
type moveCommand struct {
	From string `arg:"" help:"A folder, or postgres://…, or the name of an environment variable that holds it, as $OLD."`
	To   string `arg:"" help:"An empty one, said likewise."`
}

// Run moves. Nobody should serve the house meanwhile.
func (c *moveCommand) Run(s *step) error {
	from, to := named(c.From, s.env), named(c.To, s.env)
	if !strings.Contains(from, "://") {
		if _, err := os.Stat(from); err != nil {
			return fmt.Errorf("there is no house: %w", err)
		}
	}
	if err := store.Move(s.ctx, store.Options{Database: from}, store.Options{Database: to}); err != nil {
		return err
	}
	w := where{Data: to}
	return w.count(s, "moved")
}

// named reads a database's address from the environment where it is said so: an
// address with a password shouldn't stand on a command line.
func named(address string, env func(string) string) string {
	if name, ok := strings.CutPrefix(address, "$"); ok {
		return env(name)
	}
	return address
}

// where says which house is meant.
type where struct {
	Data     string `default:"entregent-data" env:"ENTREGENT_DATA" placeholder:"DIR" help:"Folder of the house."`
	Database string `env:"ENTREGENT_DATABASE" placeholder:"URL" help:"postgres://… of the house, when it isn't in its folder."`
}

// store is the database's address.
func (w *where) store() string {
	c := app.Config{Data: w.Data, Database: w.Database}
	return c.Store()
}

// open opens the house's store.
func (w *where) open(s *step) (*store.Store, error) {
	return store.Open(s.ctx, store.Options{Database: w.store()})
}

// migrateCommand brings a database forward.
type migrateCommand struct {
	where
	DryRun bool `help:"Say what would be done, and do nothing."`
}

// Run migrates, after a snapshot.
func (c *migrateCommand) Run(s *step) error {
	said := 0
	kept, err := store.Open(s.ctx, store.Options{Database: c.store(), DryRun: c.DryRun, Log: func(format string, args ...any) {
		said++
		fmt.Fprintf(s.out, format+"\n", args...)
	}})
	if err != nil {
		return err
	}
	if said == 0 {
		fmt.Fprintln(s.out, "nothing to do")
	}
	if kept == nil {
		return nil
	}
	return kept.Close()
}
