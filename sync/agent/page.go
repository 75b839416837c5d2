package agent

import (
	"fmt"
	"slices"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// pageOf turns what travelled into what the store takes in.
func pageOf(r *wire.Reply) (*store.Page, error) {
	p := &store.Page{Epoch: r.Epoch, Now: time.UnixMilli(r.Now), Backed: mark(r.Backed), Units: r.Units}
	for _, e := range r.Ends {
		p.Ends = append(p.Ends, mark(e))
	}
	for _, h := range r.Heads {
		p.Heads = append(p.Heads, store.Head(h))
	}
	for _, s := range r.Stamps {
		p.Stamps = append(p.Stamps, store.Stamped{Name: casework.Name{Log: s.Log, Seq: s.Seq}, Stamp: s.Stamp, At: place(s.At)})
		copy(p.Stamps[len(p.Stamps)-1].Hash[:], s.Hash)
	}
	for _, f := range r.Forks {
		p.Forks = append(p.Forks, casework.Name(f))
	}
	for _, k := range r.Keys {
		p.Keys = append(p.Keys, store.LogKey(k))
	}
	for _, f := range r.Feeds {
		p.Feeds = append(p.Feeds, feedOf(f))
	}
	if len(r.Catalogue) > 0 {
		cat, err := catalogueOf(r.Catalogue)
		if err != nil {
			return nil, err
		}
		p.Catalogue = cat
	}
	return p, nil
}

func mark(e wire.End) store.Mark { return store.Mark{Epoch: e.Epoch, N: e.N} }

// place returns where the county holds an entry, zero where that is its stamp's.
func place(at *wire.End) store.Mark {
	if at == nil {
		return store.Mark{}
	}
	return mark(*at)
}

func feedOf(f wire.FeedPage) store.FeedPage {
	out := store.FeedPage{Feed: f.Feed, Epoch: f.Epoch, From: f.From, To: f.To, Head: f.Head, Lines: make([]store.FeedLine, len(f.Lines))}
	for i, l := range f.Lines {
		out.Lines[i] = store.FeedLine{Raw: l.Raw, Name: casework.Name{Log: l.Log, Seq: l.Seq}, Stamp: l.Stamp,
			At: place(l.At), Withdrawn: l.Withdrawn, To: l.To, Skip: l.Skip}
	}
	return out
}

// catalogueOf decodes a catalogue. One of a newer county may hold more than this
// version knows, values included: roles, duties, units of spans, settings. Rules leave
// them alone. What it knows must be sound.
func catalogueOf(b []byte) (*catalogue.Catalogue, error) {
	var c catalogue.Catalogue
	if err := record.Bound(b, wire.MaxMessage, wire.MaxMessage); err != nil {
		return nil, fmt.Errorf("%w: catalogue: %w", wire.ErrMalformed, err)
	}
	if err := record.UnmarshalLenient(b, &c); err != nil {
		return nil, fmt.Errorf("%w: catalogue: %w", wire.ErrMalformed, err)
	}
	foreign := func(f catalogue.Fault) bool {
		return f.Problem == catalogue.Unknown || f.Table == catalogue.TableSettings && f.Field == "value"
	}
	if faults := slices.DeleteFunc(catalogue.Validate(c), foreign); len(faults) > 0 {
		return nil, fmt.Errorf("%w: catalogue: %s", wire.ErrMalformed, faults[0])
	}
	return &c, nil
}
