package store

import (
	"context"
	"database/sql"
	"sync"
)

// ready are statements that SQLite would otherwise parse for every batch, which is
// an eighth of an import. A transaction that uses one for the first time asks for
// it; the next finds it prepared. (PostgreSQL's driver does this by itself.)
type ready struct {
	mu   sync.Mutex
	made map[string]*sql.Stmt // nil: asked for
}

// runner is a statement, prepared or not.
type runner interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
}

// plainly is a statement that isn't prepared.
type plainly struct {
	*sql.Tx
	query string
}

func (p plainly) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return p.Tx.ExecContext(ctx, p.query, args...)
}

func (p plainly) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return p.Tx.QueryContext(ctx, p.query, args...)
}

// statement gives a statement; often says that it is run again and again.
func (t *tx) statement(query string, often bool) runner {
	if t.pg || !often {
		return plainly{t.Tx, query}
	}
	r := &t.store.ready
	r.mu.Lock()
	defer r.mu.Unlock()
	if made := r.made[query]; made != nil {
		return t.StmtContext(t.ctx, made)
	}
	if r.made == nil {
		r.made = map[string]*sql.Stmt{}
	}
	r.made[query] = nil
	return plainly{t.Tx, query}
}

// prepare prepares what was asked for, while this goroutine has no transaction:
// there is one connection that writes, and preparing waits for it.
func (s *Store) prepare(ctx context.Context) {
	var asked []string
	s.ready.mu.Lock()
	for query, made := range s.ready.made {
		if made == nil {
			asked = append(asked, query)
			delete(s.ready.made, query) // not by two at once
		}
	}
	s.ready.mu.Unlock()
	for _, query := range asked {
		made, err := s.write.PrepareContext(ctx, query)
		if err != nil {
			return // what isn't prepared is asked for again
		}
		s.ready.mu.Lock()
		if s.ready.made[query] == nil {
			s.ready.made[query] = made
		} else {
			_ = made.Close()
		}
		s.ready.mu.Unlock()
	}
}
