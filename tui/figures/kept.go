package figures

import (
	"context"
	"slices"
	"sync"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/tui/words"
)

// Kept are the facts of the cases on this laptop, kept while the desk is open: they are read
// once, and later only those of cases that changed.
type Kept struct {
	st *store.Store

	reading sync.Mutex // one reads at a time
	mu      sync.Mutex
	facts   []report.Fact // never changed, only replaced; nil: to be read anew
	stale   map[casework.CaseID]bool
	version uint64 // of the catalogue that they were made with
}

// manyStale is how many changed cases are worth reading everything anew.
const manyStale = 2000

// NewKept keeps the facts of an open store. Nothing is read yet.
func NewKept(st *store.Store) *Kept {
	return &Kept{st: st, stale: map[casework.CaseID]bool{}}
}

// Note takes down what changed. It does no I/O.
func (k *Kept) Note(msg words.ChangedMsg) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.facts == nil {
		return
	}
	for _, id := range msg.Cases {
		k.stale[id] = true
	}
	if msg.All || len(k.stale) > manyStale {
		k.facts, k.stale = nil, map[casework.CaseID]bool{}
	}
}

// Facts returns the facts as they are now. It reads the store, so it belongs in a command;
// ctx ends it early.
func (k *Kept) Facts(ctx context.Context, progress func(done, all int)) ([]report.Fact, error) {
	k.reading.Lock()
	defer k.reading.Unlock()
	ix := k.st.Catalogue()
	k.mu.Lock()
	facts, stale := k.facts, k.stale
	if k.version != ix.Version() {
		facts = nil
	}
	if facts == nil { // changes from here on are of what is being read
		k.facts, k.version = []report.Fact{}, ix.Version()
	}
	k.stale = map[casework.CaseID]bool{}
	k.mu.Unlock()
	var err error
	if facts == nil {
		facts, err = k.st.Facts(ctx, progress)
	} else {
		facts, err = k.renew(ctx, facts, stale, ix)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		k.facts = nil
		return nil, err
	}
	if k.facts != nil { // nothing said meanwhile that all is to be read anew
		k.facts = facts
		if facts == nil {
			k.facts = []report.Fact{}
		}
	}
	return facts, nil
}

// renew reads the facts of cases that changed.
func (k *Kept) renew(ctx context.Context, facts []report.Fact, stale map[casework.CaseID]bool, ix *catalogue.Index) ([]report.Fact, error) {
	if len(stale) == 0 {
		return facts, nil
	}
	fresh := map[casework.CaseID]report.Fact{}
	for id := range stale {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		v, err := k.st.Case(id)
		if err != nil {
			return nil, err
		}
		if v.Gone == nil && v.Case.Exists() {
			fresh[id] = report.FactOf(&v.Case, ix)
		}
	}
	out := make([]report.Fact, 0, len(facts)+len(fresh))
	for i := range facts {
		id := facts[i].ID
		f, ok := fresh[id]
		switch {
		case ok:
			out = append(out, f)
			delete(fresh, id)
		case !stale[id]:
			out = append(out, facts[i])
		}
	}
	for _, f := range fresh {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b report.Fact) int { return slices.Compare(a.ID.UUID[:], b.ID.UUID[:]) })
	return out, nil
}
