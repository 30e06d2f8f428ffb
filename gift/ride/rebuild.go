package ride

// Due tells whether a Rebuild pays: a sixteenth of the rides, and a thousand, wait unsorted, or a quarter was removed.
func (x *Index) Due() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	sorted, waits, dead := 0, 0, 0
	for i := range x.piles {
		p := &x.piles[i]
		waits += p.tail.len()
		if p.sorted != nil {
			sorted += p.sorted.len()
			dead += p.sorted.dead.n
		}
	}
	return waits > 1000+sorted/16 || dead > 1000+sorted/4
}

// Rebuild sorts in what waits: a million rides in two seconds or three, and the memory of the index once more while it
// lasts. Asks and changes go on beside it; it waits for another Rebuild to end. What it does is never seen in an answer.
func (x *Index) Rebuild() {
	x.rebuild.Lock()
	defer x.rebuild.Unlock()
	x.mu.Lock()
	x.rebuilding, x.removed = true, nil
	x.mu.Unlock()

	x.mu.RLock() // what was removed in between is in both: told as removed, and dead
	zones := x.zones[:len(x.zones):len(x.zones)]
	var merged [2]columns
	var waited [2]int
	for i := range x.piles {
		waited[i] = x.piles[i].tail.len()
		merged[i] = x.piles[i].living(i == weeks)
	}
	x.mu.RUnlock()

	var grown [2]*tree
	for i := range merged {
		grown[i] = grow(merged[i], i == weeks, zones)
	}

	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range x.piles {
		p := &x.piles[i]
		p.sorted, p.tail = grown[i], p.tail.tail(waited[i], i == weeks)
		for _, id := range x.removed {
			p.bury(id)
		}
	}
	for id, w := range x.fresh {
		if w.first -= waited[w.pile]; w.first < 0 {
			delete(x.fresh, id)
		} else {
			x.fresh[id] = w
		}
	}
	if len(x.fresh) == 0 {
		x.fresh = nil // a map doesn't give memory back
	}
	x.rebuilding, x.removed = false, nil
}

// living are the entries that aren't dead.
func (p *pile) living(weekly bool) columns {
	n := p.tail.len() - p.tail.dead.n
	if p.sorted != nil {
		n += p.sorted.len() - p.sorted.dead.n
	}
	all := sized(n, weekly)
	take := func(c *columns) {
		for i := range c.len() {
			if !c.dead.has(i) {
				all.append(c.entry(i), weekly)
			}
		}
	}
	if p.sorted != nil {
		take(&p.sorted.columns)
	}
	take(&p.tail)
	return all
}
