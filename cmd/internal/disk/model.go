package disk

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
)

// Disk is a model of a disk that Calls were made on. What was synced is on it
// for certain. Of the rest a power cut leaves any part.
type Disk struct {
	// Ignore makes a call have no effect, for tests of the tests; may be nil.
	Ignore func(Call) bool

	names   map[string]*file // what a folder's sync made certain
	pending []rename
	seen    map[string]*file // what the program sees
	chance  *rand.Rand
}

// file is a file's content, under whatever name.
type file struct {
	certain []byte
	pending []Call // Writes and Truncates in their order
}

// rename is a change of names that no sync of the folder made certain.
type rename struct {
	from, to string // from is empty where a file was created, to where one was removed
	node     *file
	keep     bool // from stays: a link
}

// NewDisk returns an empty disk. Chance decides what becomes of the writes before
// a sync that failed.
func NewDisk(chance *rand.Rand) *Disk {
	return &Disk{names: map[string]*file{}, seen: map[string]*file{}, chance: chance}
}

// Apply brings the disk to the moment after a call.
func (d *Disk) Apply(c Call) {
	if d.Ignore != nil && d.Ignore(c) {
		return
	}
	switch c.Op {
	case Create:
		d.create(c)
	case Write, Truncate:
		if f := d.seen[c.Path]; f != nil && !c.Failed {
			f.pending = append(f.pending, c)
		}
	case Sync:
		d.sync(c)
	case Rename, Link, Remove:
		d.rename(c)
	}
}

func (d *Disk) create(c Call) {
	if c.Failed {
		return
	}
	if f := d.seen[c.Path]; f != nil {
		f.pending = append(f.pending, Call{Op: Truncate})
		return
	}
	f := &file{}
	d.seen[c.Path] = f
	d.pending = append(d.pending, rename{to: c.Path, node: f})
}

func (d *Disk) sync(c Call) {
	if f := d.seen[c.Path]; f != nil {
		if c.Failed {
			f.lose(d.chance)
		}
		for _, w := range f.pending {
			f.certain = put(f.certain, w)
		}
		f.pending = nil
		return
	}
	if c.Failed {
		return
	}
	var rest []rename
	for _, r := range d.pending {
		if filepath.Dir(r.from) == c.Path || filepath.Dir(r.to) == c.Path {
			r.apply(d.names)
		} else {
			rest = append(rest, r)
		}
	}
	d.pending = rest
}

// lose is what a failed sync does: the system forgets that there was something to
// write. Some of it may have been written.
func (f *file) lose(chance *rand.Rand) {
	if chance.IntN(2) == 0 {
		f.pending = nil
		return
	}
	f.pending = slices.DeleteFunc(f.pending, func(Call) bool { return chance.IntN(2) == 0 })
}

func (d *Disk) rename(c Call) {
	node := d.seen[c.Path]
	if c.Failed || node == nil {
		return
	}
	r := rename{from: c.Path, to: c.To, node: node, keep: c.Op == Link}
	r.apply(d.seen)
	d.pending = append(d.pending, r)
}

func (r rename) apply(names map[string]*file) {
	if r.from != "" && names[r.from] != r.node {
		return // what came before it was lost
	}
	if r.from != "" && !r.keep {
		delete(names, r.from)
	}
	if r.to != "" {
		names[r.to] = r.node
	}
}

// Pending counts the writes that no sync has made certain.
func (d *Disk) Pending() int {
	n := len(d.pending)
	for _, f := range d.seen {
		n += len(f.pending)
	}
	return n
}

// Image returns the files that a power cut leaves now, by path. Which of the
// things that are not certain are on the disk is left to chance.
func (d *Disk) Image(chance *rand.Rand) map[string][]byte {
	names := map[string]*file{}
	for path, f := range d.names {
		names[path] = f
	}
	for _, r := range subset(chance, d.pending) {
		r.apply(names)
	}
	paths := make([]string, 0, len(names))
	for path := range names {
		paths = append(paths, path)
	}
	slices.Sort(paths) // so that a seed always gives the same image
	out := map[string][]byte{}
	made := map[*file][]byte{}
	for _, path := range paths {
		f := names[path]
		if made[f] == nil {
			made[f] = f.image(chance)
		}
		out[path] = made[f]
	}
	return out
}

func (f *file) image(chance *rand.Rand) []byte {
	b := append([]byte{}, f.certain...)
	for _, w := range subset(chance, f.pending) {
		if w.Op == Write && chance.IntN(4) == 0 {
			b = tear(chance, b, w)
			continue
		}
		b = put(b, w)
	}
	return b
}

// subset keeps nothing, everything, the first, or any of the changes.
func subset[T any](chance *rand.Rand, all []T) []T {
	switch chance.IntN(6) {
	case 0:
		return nil
	case 1:
		return all
	case 2:
		return all[:chance.IntN(len(all)+1)]
	}
	var kept []T
	for _, one := range all {
		if chance.IntN(2) == 0 {
			kept = append(kept, one)
		}
	}
	return kept
}

// sector is the unit that disks write whole, or so they say.
const sector = 512

// tear keeps a part of a write: some of its sectors, or its beginning to within
// a sector.
func tear(chance *rand.Rand, b []byte, w Call) []byte {
	if chance.IntN(2) == 0 {
		w.Data = w.Data[:chance.IntN(len(w.Data)+1)]
		return put(b, w)
	}
	for at := 0; at < len(w.Data); at += sector {
		if chance.IntN(2) == 0 {
			b = put(b, Call{Op: Write, Off: w.Off + int64(at), Data: w.Data[at:min(at+sector, len(w.Data))]})
		}
	}
	return b
}

// put does a Write or Truncate to a content.
func put(b []byte, c Call) []byte {
	end := c.Size
	if c.Op == Write {
		end = max(int64(len(b)), c.Off+int64(len(c.Data)))
	}
	if more := end - int64(len(b)); more > 0 {
		b = append(b, make([]byte, more)...)
	}
	b = b[:end]
	if c.Op == Write {
		copy(b[c.Off:], c.Data)
	}
	return b
}
