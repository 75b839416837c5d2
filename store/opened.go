package store

import (
	"sync"

	"casedesk/store/casework"
)

var openedKey = []byte("opened")

// opened remembers which changes the person has seen, by opening the case.
type opened struct {
	mu   sync.Mutex
	news map[casework.CaseID]int64 // Row.News of the case when it was opened; nil: not read yet
}

// openedCase is one of them as it lies in the file.
type openedCase struct {
	ID   casework.CaseID `codec:"id"`
	News int64           `codec:"news"`
}

// read reads what was seen before. The caller holds the lock.
func (o *opened) read(s *Store) {
	if o.news != nil {
		return
	}
	var kept []openedCase
	err := s.view(func(r reader) error {
		_, err := r.get(bucketState, openedKey, &kept)
		return err
	})
	if err != nil {
		return // all is new then, and it is tried again
	}
	o.news = map[casework.CaseID]int64{}
	for _, c := range kept {
		o.news[c.ID] = c.News
	}
}

// markNew marks the rows on which somebody else did something since yesterday that the
// person has not seen.
func (s *Store) markNew(rows []Row) {
	since := s.yesterday(s.opt.Clock.Now())
	s.opened.mu.Lock()
	defer s.opened.mu.Unlock()
	for i := range rows {
		if r := &rows[i]; !r.News.IsZero() && r.News.UnixMilli() >= since {
			s.opened.read(s)
			r.New = s.opened.news[r.ID] != r.News.UnixMilli()
		}
	}
}

// NoteOpened notes that the person has seen what others did on a case, as its row tells it.
// It stays on this laptop, for as long as it matters.
func (s *Store) NoteOpened(r Row) error {
	one := []Row{r}
	if s.markNew(one); !one[0].New {
		return nil
	}
	since := s.yesterday(s.opt.Clock.Now())
	s.opened.mu.Lock()
	if s.opened.news == nil {
		s.opened.news = map[casework.CaseID]int64{}
	}
	news := map[casework.CaseID]int64{r.ID: r.News.UnixMilli()}
	for id, at := range s.opened.news {
		if at >= since && id != r.ID {
			news[id] = at
		}
	}
	s.opened.news = news
	s.opened.mu.Unlock()
	var kept []openedCase
	for id, at := range news {
		kept = append(kept, openedCase{id, at})
	}
	err := s.update(true, func(t *txn) error { return t.put(bucketState, openedKey, kept) })
	s.tell(Change{Cases: []casework.CaseID{r.ID}})
	return err
}
