package web

import (
	"sync"
	"time"
)

// brief keeps an answer that is long to find: for patience times what finding it
// took, and never longer than shelfLife. What is found quickly is found again each
// time.
type brief[T any] struct {
	sync.Mutex
	made  time.Time
	took  time.Duration
	value T
}

// get gives the answer, found again when it is too old.
func (b *brief[T]) get(now time.Time, find func() (T, error)) (T, error) {
	b.Lock()
	defer b.Unlock()
	if age := now.Sub(b.made); b.took > quick && age >= 0 && age < min(patience*b.took, shelfLife) {
		return b.value, nil
	}
	begun := time.Now()
	value, err := find()
	if err != nil {
		return value, err
	}
	b.value, b.made, b.took = value, now, time.Since(begun)
	return value, nil
}

// forget has it found again.
func (b *brief[T]) forget() {
	b.Lock()
	defer b.Unlock()
	b.took = 0
}
