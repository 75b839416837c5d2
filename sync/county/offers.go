package county

import (
	"crypto/ed25519"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"casedesk/store/casework"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// offer is an entry that came up, decoded and verified.
type offer struct {
	rec   *record.Record
	raw   []byte
	stamp []byte // set: this county's own; otherwise the laptop signed the entry
}

// verifyAtOnce is how many signatures are verified together: beyond some dozens
// another one costs no less.
const verifyAtOnce = 64

// openOffers decodes what came up and checks signatures and stamps, all of
// which needs no lock. Signatures are most of an entry's cost, so the machine's
// processors share them.
func (c *County) openOffers(key ed25519.PublicKey, items []wire.Item) ([]offer, error) {
	parts := slices.Collect(slices.Chunk(items, verifyAtOnce))
	opened := make([][]offer, len(parts))
	failed := make([]error, len(parts))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(parts)); i = next.Add(1) - 1 {
			opened[i], failed[i] = c.openPart(key, parts[i])
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	for _, err := range failed {
		if err != nil {
			return nil, err
		}
	}
	return slices.Concat(opened...), nil
}

// openPart opens some entries. Somebody else's whose stamp is none of this
// county's is left out.
func (c *County) openPart(key ed25519.PublicKey, items []wire.Item) ([]offer, error) {
	var offers []offer
	var signed []*record.Record
	for _, item := range items {
		o, err := c.openOffer(item)
		if err != nil {
			return nil, err
		}
		if offers = append(offers, o); o.stamp == nil {
			signed = append(signed, o.rec)
		}
	}
	if record.VerifyAll(key, signed) {
		return offers, nil
	}
	kept := offers[:0]
	for i, o := range offers {
		switch {
		case o.stamp != nil, o.rec.Verify(key) == nil:
			kept = append(kept, o)
		case len(items[i].Stamp) == 0:
			return nil, &wire.Failure{Code: casework.CodeVerifyFailed}
		}
	}
	return kept, nil
}

// openOffer opens one entry, with its stamp if that is this county's own.
func (c *County) openOffer(item wire.Item) (offer, error) {
	rec, err := record.Open(item.Raw)
	if errors.Is(err, record.ErrNewerFormat) {
		return offer{}, &wire.Failure{Code: casework.CodeNewerFormat}
	}
	if err != nil {
		return offer{}, &wire.Failure{Code: casework.CodeInvalid}
	}
	if len(item.Stamp) > 0 {
		stamp, err := record.OpenStamp(item.Stamp)
		if err == nil && record.CheckStamp(c.conf.Key.mac, rec.Hash, stamp) {
			rec.Entry.Stamp = stamp
			return offer{rec: rec, raw: item.Raw, stamp: item.Stamp}, nil
		}
	}
	if rec.Purged {
		// Words are destroyed only once the county has them: without a stamp
		// that says so, there were none.
		return offer{}, &wire.Failure{Code: casework.CodeInvalid}
	}
	return offer{rec: rec, raw: item.Raw}, nil
}

// again returns the offer with a record of its own, without a stamp.
func (o offer) again() offer {
	rec := *o.rec
	rec.Entry.Stamp = nil
	o.rec = &rec
	return o
}
