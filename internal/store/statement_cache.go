package store

import (
	"context"
	"database/sql"
	"sync"
)

// statementCache are statements that SQLite would otherwise parse for every batch, which is
// an eighth of an import. A transaction that uses one for the first time asks for
// it; the next finds it prepared. (PostgreSQL's driver does this by itself.)
type statementCache struct {
	mu       sync.Mutex
	prepared map[string]*sql.Stmt // nil: asked for
}

// statement is a statement, prepared or not.
type statement interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
}

// unprepared is a statement that isn't prepared.
type unprepared struct {
	*sql.Tx
	query string
}

func (p unprepared) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return p.Tx.ExecContext(ctx, p.query, args...)
}

func (p unprepared) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return p.Tx.QueryContext(ctx, p.query, args...)
}

// statement gives a statement; often says that it is run again and again.
func (t *Tx) statement(query string, often bool) statement {
	if t.pg || !often {
		return unprepared{t.raw, query}
	}
	r := &t.store.statements
	r.mu.Lock()
	defer r.mu.Unlock()
	if made := r.prepared[query]; made != nil {
		return t.raw.StmtContext(t.ctx, made)
	}
	if r.prepared == nil {
		r.prepared = map[string]*sql.Stmt{}
	}
	r.prepared[query] = nil
	return unprepared{t.raw, query}
}

// prepare prepares what was asked for, while this goroutine has no transaction:
// there is one connection that writes, and preparing waits for it.
func (s *Store) prepare(ctx context.Context) {
	var asked []string
	s.statements.mu.Lock()
	for query, made := range s.statements.prepared {
		if made == nil {
			asked = append(asked, query)
			delete(s.statements.prepared, query) // not by two at once
		}
	}
	s.statements.mu.Unlock()
	for _, query := range asked {
		made, err := s.write.PrepareContext(ctx, query)
		if err != nil {
			return // what isn't prepared is asked for again
		}
		s.statements.mu.Lock()
		if s.statements.prepared[query] == nil {
			s.statements.prepared[query] = made
		} else {
			_ = made.Close()
		}
		s.statements.mu.Unlock()
	}
}
