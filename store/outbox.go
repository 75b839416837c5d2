package store

import (
	"bytes"
	"slices"

	"casedesk/store/casework"
)

// Item is an entry that goes to the county.
type Item struct {
	casework.Name
	Raw   []byte
	Stamp []byte // set when the county had admitted it before
}

// Sent is how far an outbox was read; the zero value is its start.
type Sent struct {
	log int // number of the own log + 1
	seq uint64
}

// Batch is a part of the outbox.
type Batch struct {
	Items []Item
	Next  Sent // where the next part begins, whether or not this one is answered
	Left  int  // entries that wait beyond this part
}

// Outbox returns own entries that the county is not known to have, in the order
// of their logs, after what was read before, up to about limit bytes but at
// least one.
func (s *Store) Outbox(after Sent, limit int) (Batch, error) {
	b := Batch{Next: after}
	st := s.state()
	err := s.view(func(r reader) error {
		size := 0
		for i, l := range st.Logs {
			from := l.Acked + 1
			if i+1 < after.log {
				continue
			} else if i+1 == after.log {
				from = max(from, after.seq+1)
			}
			for seq := from; seq <= l.Upto; seq++ {
				if size >= limit && len(b.Items) > 0 {
					b.Left++
					continue
				}
				k, err := r.mustOwn(i, seq)
				if err != nil {
					return err
				}
				b.Items = append(b.Items, Item{Name: casework.Name{Log: l.ID, Seq: seq}, Raw: k.Raw, Stamp: k.Stamp})
				b.Next = Sent{log: i + 1, seq: seq}
				size += len(k.Raw) + len(k.Stamp)
			}
		}
		return nil
	})
	if st.County == nil {
		return Batch{}, refuse(err)
	}
	return b, refuse(err)
}

// Unsent returns how many own entries the county is not known to have; without a
// county there are none to send.
func (s *Store) Unsent() int { return s.state().unsent() }

func (s *state) unsent() int {
	n := uint64(0)
	if s.County == nil {
		return 0
	}
	for _, l := range s.Logs {
		if l.Upto > l.Acked {
			n += l.Upto - l.Acked
		}
	}
	return int(n)
}

// Refill returns others' entries, and own ones of logs that were left, which the
// county held before it was restored and lacks now, case by case, beginning after the case number given (0: the first),
// up to about limit bytes. next is where to go on; 0 means that there is no more.
func (s *Store) Refill(after uint64, limit int) (items []Item, next uint64, err error) {
	st := s.state()
	if len(st.Ends) == 0 || st.County == nil {
		return nil, 0, nil
	}
	if err := s.rows.wait(); err != nil {
		return nil, 0, refuse(err)
	}
	lacking := func(m Mark) bool { return !m.Epoch.IsZero() && !st.holds(m) }
	var numbers []uint64
	s.rows.each(func(number uint64, w *row) bool {
		if number > after && slices.ContainsFunc(w.Marks, lacking) {
			numbers = append(numbers, number)
		}
		return true
	})
	err = s.view(func(r reader) error {
		size := 0
		for i, number := range numbers {
			c, err := r.readCase(number)
			if err != nil {
				return err
			}
			for _, f := range c.file.Entries {
				// Own ones go with their log, unless that was left since.
				if !lacking(f.At) || f.Own > 0 && f.Seq <= st.Logs[f.Own-1].Upto {
					continue
				}
				k, err := r.kept(number, f)
				if err != nil {
					return err
				}
				s.offer(f.Hash, number)
				items = append(items, Item{Name: casework.Name{Log: f.Log, Seq: f.Seq}, Raw: k.Raw, Stamp: k.Stamp})
				size += len(k.Raw) + len(k.Stamp)
			}
			if size >= limit && i+1 < len(numbers) {
				next = number
				break
			}
		}
		return nil
	})
	slices.SortStableFunc(items, func(a, b Item) int {
		if c := bytes.Compare(a.Log.UUID[:], b.Log.UUID[:]); c != 0 {
			return c
		}
		return int(int64(a.Seq) - int64(b.Seq))
	})
	return items, next, refuse(err)
}

// offer remembers which case an entry was offered from, so that the answer, which
// has only its hash, finds it.
func (s *Store) offer(hash casework.Hash, number uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offered[hash] = number
}

func (s *Store) offeredCase(hash casework.Hash) uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.offered[hash]
}

// maxTold is how many own logs a Position tells of when nothing of the others
// is to be sent.
const maxTold = 48

// Position returns where this store stands.
func (s *Store) Position() Position {
	st := s.state()
	p := Position{Epoch: st.Epoch, Catalogue: s.Catalogue().Version(), Whole: st.Whole}
	if st.Decoded != derivedVersion {
		p.Catalogue = 0 // as if there were none: another program may have dropped some of it
	}
	if st.County == nil {
		return p
	}
	for i, l := range st.Logs {
		if l.Upto > l.Acked || l.Upto > 0 && i >= len(st.Logs)-maxTold {
			p.Logs = append(p.Logs, Head{Log: l.ID, Seq: l.Head, Hash: l.Hash})
			acked := l.Acked
			if l.Upto <= l.Acked {
				acked = l.Head // nothing of it is to be sent
			}
			p.Acked = append(p.Acked, acked)
		}
	}
	for _, feed := range st.Units {
		cur := st.Cursors[feed]
		p.Cursors = append(p.Cursors, Cursor{Feed: feed, Epoch: cur.Epoch, N: cur.N})
	}
	return p
}
