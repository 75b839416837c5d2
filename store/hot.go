package store

import "casedesk/store/casework"

// hotCases are the cases that were written last, as they lie in the file, with
// their entries decoded: pages and imports come back to the same cases again and
// again. Only the writer, who holds the queue's room, touches them. A case that
// a transaction changes is taken out, and comes back only when it is committed.
type hotCases struct {
	byID    map[casework.CaseID]*openCase
	order   []casework.CaseID // oldest first; may name one that is gone
	entries int
}

// maxHot bounds the entries of hot cases.
const maxHot = 2000

func newHotCases() hotCases { return hotCases{byID: map[casework.CaseID]*openCase{}} }

// take removes and returns a case; nil if it is not hot.
func (h *hotCases) take(id casework.CaseID) *openCase {
	c := h.byID[id]
	if c != nil {
		delete(h.byID, id)
		h.entries -= len(c.file.Entries) + 1
	}
	return c
}

// keep keeps cases of a transaction that was committed.
func (h *hotCases) keep(cases []*openCase) {
	for _, c := range cases {
		if len(c.file.Entries) > maxHot/8 {
			continue // it would displace too many others
		}
		h.take(c.file.ID)
		h.byID[c.file.ID] = c
		h.order = append(h.order, c.file.ID)
		h.entries += len(c.file.Entries) + 1
	}
	for h.entries > maxHot || len(h.order) > 2*maxHot {
		h.take(h.order[0])
		h.order = h.order[1:]
	}
}

// clear drops all of them.
func (h *hotCases) clear() { *h = newHotCases() }
