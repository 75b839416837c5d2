package boltfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// The layout of bbolt's pages, which are in the machine's byte order.
const (
	headerSize  = 16 // id u64, flags u16, count u16, overflow u32
	elementSize = 16 // branch: pos u32, ksize u32, id u64; leaf: flags, pos, ksize, vsize u32
	bucketSize  = 16 // root u64, sequence u64

	flagBranch, flagLeaf, flagFree = 1, 2, 16

	metaSize = 64 // magic, version, page size, flags u32; bucket, free list, end, tx, checksum u64
	magic    = 0xED0CDAED
)

var order = binary.NativeEndian

// Look reads the pages of an open file that lead to others, without following
// them through the map: the trees' branches and the free list. It returns an
// ErrRotten when they do not lead to each page once, so that whoever follows them
// comes to an end and to nobody else's page. Leaves are not read, so it costs
// about a hundredth of the file. Nobody may write meanwhile.
func Look(db *bolt.DB) error { return examine(db, false) }

// Check is Look at every page: leaves too, each in order, and each page of the
// file in use or free. It reads the whole file, and no fault of it reaches the
// process.
func Check(db *bolt.DB) error { return examine(db, true) }

func examine(db *bolt.DB, whole bool) error {
	f, err := os.Open(db.Path())
	if err != nil {
		return err
	}
	defer f.Close()
	l := &look{f: f, size: int64(db.Info().PageSize), whole: whole}
	return l.all()
}

type look struct {
	f     io.ReaderAt
	size  int64
	whole bool   // leaves are read too
	end   uint64 // pages from here on are not in use
	seen  []bool
}

func rotten(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrRotten}, args...)...)
}

func (l *look) all() error {
	meta, err := l.meta()
	if err != nil {
		return err
	}
	info, err := l.f.(*os.File).Stat()
	if err != nil {
		return err
	}
	root, free := order.Uint64(meta[16:]), order.Uint64(meta[32:])
	if l.end = order.Uint64(meta[40:]); l.end > uint64(info.Size()/l.size) {
		return rotten("%d pages of %d are there", info.Size()/l.size, l.end)
	}
	l.seen = make([]bool, l.end)
	if err := l.buckets(root); err != nil {
		return err
	}
	if err := l.freeList(free); err != nil || !l.whole {
		return err
	}
	for id := 2; id < len(l.seen); id++ {
		if !l.seen[id] {
			return rotten("page %d is neither in use nor free", id)
		}
	}
	return nil
}

// meta returns the one of the two that counts: the valid one of the later
// transaction.
func (l *look) meta() ([]byte, error) {
	var best []byte
	for id := range int64(2) {
		b := make([]byte, metaSize)
		if _, err := l.f.ReadAt(b, id*l.size+headerSize); err != nil {
			return nil, err
		}
		h := fnv.New64a()
		h.Write(b[:metaSize-8])
		if order.Uint32(b) != magic || h.Sum64() != order.Uint64(b[metaSize-8:]) {
			continue
		}
		if best == nil || order.Uint64(b[48:]) > order.Uint64(best[48:]) {
			best = b
		}
	}
	if best == nil {
		return nil, rotten("neither header is valid")
	}
	return best, nil
}

// take notes that something leads to a page.
func (l *look) take(id uint64) error {
	if id < 2 || id >= l.end {
		return rotten("page %d does not exist", id)
	}
	if l.seen[id] {
		return rotten("page %d is led to twice", id)
	}
	l.seen[id] = true
	return nil
}

// page is a page's header, and all of it where it was read whole.
type page struct {
	id    uint64
	flags uint16
	count int
	more  uint64 // pages that it goes on over
	data  []byte
}

// read reads a page, or its header alone.
func (l *look) read(id uint64, whole bool) (page, error) {
	p := page{id: id}
	if id < 2 || id >= l.end {
		return p, rotten("page %d does not exist", id)
	}
	at, b := int64(id)*l.size, make([]byte, headerSize)
	if whole {
		b = make([]byte, l.size)
	}
	if _, err := l.f.ReadAt(b, at); err != nil {
		return p, err
	}
	p.flags, p.count = order.Uint16(b[8:]), int(order.Uint16(b[10:]))
	p.more = uint64(order.Uint32(b[12:]))
	if order.Uint64(b) != id || id+p.more >= l.end {
		return p, rotten("page %d is not what it says", id)
	}
	if whole && p.more > 0 {
		b = make([]byte, (int64(p.more)+1)*l.size)
		if _, err := l.f.ReadAt(b, at); err != nil {
			return p, err
		}
	}
	p.data = b
	return p, nil
}

// takeAll is read for a page that something leads to, once: where all pages are
// accounted for, it takes those that the page goes on over.
func (l *look) takeAll(id uint64) (page, error) {
	p, err := l.read(id, true)
	if err != nil || !l.whole {
		return p, err
	}
	for i := range p.more {
		if err := l.take(id + 1 + i); err != nil {
			return p, err
		}
	}
	return p, nil
}

// part returns a piece of a page.
func (p page) part(from, size uint64) ([]byte, error) {
	if from > uint64(len(p.data)) || size > uint64(len(p.data))-from {
		return nil, rotten("page %d points beyond itself", p.id)
	}
	return p.data[from : from+size], nil
}

// buckets looks at the tree of the buckets, whose leaves are read, and at each
// bucket's tree.
func (l *look) buckets(root uint64) error {
	leaves, err := l.tree(root, true)
	if err != nil {
		return err
	}
	for _, c := range leaves {
		p, err := l.takeAll(c.id)
		if err != nil {
			return err
		}
		err = p.leaf(1, func(_, value []byte) error { return l.bucket(p.id, value) })
		if err != nil {
			return err
		}
	}
	return nil
}

// bucket looks at a bucket's tree; a small one lies in its own entry.
func (l *look) bucket(id uint64, value []byte) error {
	if len(value) < bucketSize {
		return rotten("page %d holds no buckets", id)
	}
	root := order.Uint64(value)
	if root == 0 {
		p := page{id: id, data: value[bucketSize:]}
		if len(p.data) < headerSize {
			return rotten("page %d holds no buckets", id)
		}
		p.flags, p.count = order.Uint16(p.data[8:]), int(order.Uint16(p.data[10:]))
		return p.inOrder(nil, nil)
	}
	leaves, err := l.tree(root, l.whole)
	if err != nil || !l.whole {
		return err
	}
	for i, c := range leaves {
		p, err := l.takeAll(c.id)
		if err == nil {
			err = p.inOrder(c.low, above(leaves, i))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// above returns the lowest key of the page beside the i-th, nil for the last.
func above(level []child, i int) []byte {
	if i+1 < len(level) {
		return level[i+1].low
	}
	return nil
}

// first returns where the data of a page's first element begins: right behind the
// elements, so that one tells how many they are. The others' follow without gaps.
func (p page) first() uint64 { return headerSize + uint64(p.count)*elementSize }

// leaf calls fn with the keys and values of a leaf whose elements have a kind.
func (p page) leaf(kind uint32, fn func(key, value []byte) error) error {
	if p.flags != flagLeaf {
		return rotten("page %d is no leaf", p.id)
	}
	if p.count == 0 && slices.ContainsFunc(p.data[headerSize:], func(b byte) bool { return b != 0 }) {
		return rotten("page %d says that it is empty", p.id)
	}
	next := p.first()
	for i := range uint64(p.count) {
		at := headerSize + i*elementSize
		e, err := p.part(at, elementSize)
		if err != nil {
			return err
		}
		pos, key, value := uint64(order.Uint32(e[4:])), uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
		if order.Uint32(e) != kind {
			return rotten("page %d holds another kind of element", p.id)
		}
		if at+pos != next {
			return rotten("page %d does not hold all that was written", p.id)
		}
		b, err := p.part(next, key+value)
		next += key + value
		if err == nil {
			err = fn(b[:key], b[key:])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inOrder checks that a leaf's keys rise from low on and stay below high.
func (p page) inOrder(low, high []byte) error {
	first := true
	return p.leaf(0, func(key, _ []byte) error {
		if c := bytes.Compare(key, low); c < 0 || c == 0 && !first || high != nil && bytes.Compare(key, high) >= 0 {
			return rotten("page %d is out of order", p.id)
		}
		low, first = key, false
		return nil
	})
}

// child is a page that a branch leads to.
type child struct {
	id  uint64
	low []byte // its lowest key
}

// tree looks at a tree's branches and returns its leaves, unless nobody reads them.
// All leaves are equally far from the root, so the way to the first one tells
// which pages are branches.
func (l *look) tree(root uint64, wanted bool) ([]child, error) {
	if err := l.take(root); err != nil {
		return nil, err
	}
	depth, err := l.depth(root)
	if err != nil {
		return nil, err
	}
	level := []child{{id: root}}
	for ; depth > 0; depth-- {
		var next []child
		for i, c := range level {
			if next, err = l.branch(c, above(level, i), next, depth > 1 || wanted); err != nil {
				return nil, err
			}
		}
		level = next
	}
	return level, nil
}

// depth returns how many branches lie above the first leaf.
func (l *look) depth(id uint64) (n int, err error) {
	for {
		p, err := l.read(id, false)
		if err != nil || p.flags == flagLeaf {
			return n, err
		}
		if n++; n > 64 {
			return 0, rotten("page %d leads to itself", id)
		}
		if p, err = l.read(id, true); err != nil {
			return 0, err
		}
		e, err := p.part(headerSize, elementSize)
		if err != nil {
			return 0, err
		}
		id = order.Uint64(e[8:])
	}
}

// branch looks at where a branch leads, and adds it to next if that is kept.
func (l *look) branch(c child, high []byte, next []child, keep bool) ([]child, error) {
	p, err := l.takeAll(c.id)
	if err != nil {
		return nil, err
	}
	if p.flags != flagBranch || p.count == 0 {
		return nil, rotten("page %d is no branch", c.id)
	}
	if keep {
		next = slices.Grow(next, p.count)
	}
	last, from := c.low, p.first()
	for i := range uint64(p.count) {
		e, err := p.part(headerSize+i*elementSize, elementSize)
		if err != nil {
			return nil, err
		}
		size := uint64(order.Uint32(e[4:]))
		if headerSize+i*elementSize+uint64(order.Uint32(e)) != from {
			return nil, rotten("page %d does not hold all that was written", c.id)
		}
		key, err := p.part(from, size)
		if err != nil {
			return nil, err
		}
		from += size
		to := order.Uint64(e[8:])
		if err := l.take(to); err != nil {
			return nil, err
		}
		if cmp := bytes.Compare(key, last); cmp < 0 || cmp == 0 && i > 0 || high != nil && bytes.Compare(key, high) >= 0 {
			return nil, rotten("page %d is out of order", c.id)
		}
		if last = key; keep {
			next = append(next, child{to, key})
		}
	}
	return next, nil
}

// freeList looks for pages that are free and in use: the next save would write
// over them.
func (l *look) freeList(id uint64) error {
	if err := l.take(id); err != nil {
		return err
	}
	p, err := l.takeAll(id)
	if err != nil {
		return err
	}
	from, count := uint64(headerSize), uint64(p.count)
	if count == 0xFFFF {
		b, err := p.part(from, 8)
		if err != nil {
			return err
		}
		from, count = from+8, order.Uint64(b)
	}
	if p.flags != flagFree || count > l.end {
		return rotten("page %d is no free list", id)
	}
	ids, err := p.part(from, count*8)
	if err != nil {
		return err
	}
	for last := uint64(1); len(ids) > 0; ids = ids[8:] {
		free := order.Uint64(ids)
		if free <= last {
			return rotten("the free list is out of order")
		}
		if err := l.take(free); err != nil {
			return err
		}
		last = free
	}
	return nil
}
