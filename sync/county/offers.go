package county

import (
	"crypto/ed25519"
	"errors"
	"runtime"
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

// openOffers decodes what came up and checks signatures and stamps, all of
// which needs no lock. Signatures are most of an entry's cost, so the machine's
// processors share them.
func (c *County) openOffers(key ed25519.PublicKey, items []wire.Item) ([]offer, error) {
	opened := make([]*offer, len(items))
	failed := make([]error, len(items))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; i < int64(len(items)); i = next.Add(1) - 1 {
			opened[i], failed[i] = c.openOffer(key, items[i])
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)/8) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
	offers := make([]offer, 0, len(items))
	for i, o := range opened {
		if failed[i] != nil {
			return nil, failed[i]
		}
		if o != nil {
			offers = append(offers, *o)
		}
	}
	return offers, nil
}

// openOffer opens one entry; nil for somebody else's whose stamp is none of
// this county's.
func (c *County) openOffer(key ed25519.PublicKey, item wire.Item) (*offer, error) {
	rec, err := record.Open(item.Raw)
	if errors.Is(err, record.ErrNewerFormat) {
		return nil, &wire.Failure{Code: casework.CodeNewerFormat}
	}
	if err != nil {
		return nil, &wire.Failure{Code: casework.CodeInvalid}
	}
	if len(item.Stamp) > 0 {
		stamp, err := record.OpenStamp(item.Stamp)
		if err == nil && record.CheckStamp(c.conf.Key.mac, rec.Hash, stamp) {
			rec.Entry.Stamp = stamp
			return &offer{rec: rec, raw: item.Raw, stamp: item.Stamp}, nil
		}
	}
	switch {
	case rec.Purged:
		// Words are destroyed only once the county has them: without a stamp
		// that says so, there were none.
		return nil, &wire.Failure{Code: casework.CodeInvalid}
	case rec.Verify(key) == nil:
		return &offer{rec: rec, raw: item.Raw}, nil
	case len(item.Stamp) > 0:
		return nil, nil
	}
	return nil, &wire.Failure{Code: casework.CodeVerifyFailed}
}

// again returns the offer with a record of its own, without a stamp.
func (o offer) again() offer {
	rec := *o.rec
	rec.Entry.Stamp = nil
	o.rec = &rec
	return o
}
