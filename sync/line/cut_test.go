package line_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
)

// eve is the evening before an exchange: a laptop with twenty entries that the
// county lacks, and a county with twenty that the laptop lacks.
type eve struct {
	files map[string][]byte // by path under the folder of a world
	key   *county.Key
	cases int
}

const entriesEach = 20

func newEve(t testing.TB) *eve {
	t.Helper()
	dir := folder(t)
	o := newOffice(t, filepath.Join(dir, "county"), sample.Catalogue())
	grid, town := o.newLaptop(filepath.Join(dir, "grid"), "grid1"), o.newLaptop(filepath.Join(dir, "town"), "mediator1")
	var ids []casework.CaseID
	for i := range 5 {
		ids = append(ids, grid.register(fmt.Sprintf("水沟纠纷%d", i)))
	}
	grid.mustSync()
	town.mustSync()
	for i, id := range ids {
		town.add(id, &casework.Accepted{Note: "受理"})
		town.add(id, &casework.Noted{Note: fmt.Sprintf("已联系双方%d", i)})
		town.add(id, &casework.Amended{Fields: casework.Fields{casework.FieldTitle: fmt.Sprintf("排水沟%d", i)}})
		town.add(id, &casework.Mediated{Method: "01", Result: "到现场调解"})
		grid.add(id, &casework.Noted{Note: fmt.Sprintf("又吵了一次%d", i)})
		grid.add(id, &casework.Amended{Fields: casework.Fields{casework.FieldTitle: fmt.Sprintf("水沟堵塞%d", i)}})
		grid.add(id, &casework.Contacted{Note: "电话联系"})
		grid.register(fmt.Sprintf("新的纠纷%d", i))
	}
	town.mustSync()
	grid.close()
	town.close()
	o.close()
	e := &eve{files: map[string][]byte{}, key: o.key, cases: 10}
	for _, name := range []string{"county/" + county.LedgerFile, "grid/desk.db"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		e.files[name] = b
	}
	return e
}

// lay puts the evening's files into a folder.
func (e *eve) lay(t testing.TB, dir string) {
	t.Helper()
	for name, b := range e.files {
		file := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(file), 0o700))
		must(t, os.WriteFile(file, b, 0o600))
	}
}

// morning makes the exchange over a cable that breaks after so many bytes, then
// over one that holds, and checks both ends after each.
func (e *eve) morning(t testing.TB, dir string, set func(*cable)) (up, down int64) {
	t.Helper()
	e.lay(t, dir)
	o := reopen(t, filepath.Join(dir, "county"), e.key)
	defer o.close()
	l := o.openLaptop(filepath.Join(dir, "grid"))
	defer l.close()
	before := len(o.holds())
	set(l.cable)
	out, err := l.sync()
	l.cable.gone.Wait()
	o.busy.Wait()
	if l.cable.whole() && err != nil {
		t.Errorf("the cable was whole, but the exchange ends with %+v, %v", out, err)
	}
	up, down = l.cable.sent.Load(), l.cable.got.Load()
	held := o.holds()
	if n := len(held) - before; n != 0 && n != entriesEach {
		t.Errorf("the county took %d entries of a page", n)
	}
	l.mustBeTrue(held)
	l.cable.hold()
	if again := l.mustSync(); again.Sent > entriesEach || again.Received > entriesEach {
		t.Errorf("after the cut %+v went over the line: more than the one page", again)
	}
	held = o.holds()
	if n := len(held) - before; n != entriesEach {
		t.Errorf("the county has %d new entries, want %d", n, entriesEach)
	}
	l.mustAgree(held, e.cases)
	return up, down
}

// cutStride is about how far cuts lie apart in the short run.
const cutStride = 60

// Ensure that an exchange of twenty entries each way that is cut after any byte,
// on its way up or down, loses nothing, doubles nothing, shows no mark too early,
// and sends the one page again at most.
func TestCutAtEveryByte(t *testing.T) {
	deadline := time.Now().Add(soak(t))
	seed, total := rand.Uint64(), 0
	tried := ""
	for round := uint64(0); round == 0 || time.Now().Before(deadline) && !t.Failed(); round++ {
		e := newEve(t)
		up, down := e.morning(t, folder(t), func(*cable) {})
		if up < 3000 || down < 3000 {
			t.Fatalf("an exchange of %d bytes up and %d down is no exchange", up, down)
		}
		cuts := everyCut(rand.New(rand.NewPCG(seed, round)), up, down)
		all := len(cuts)
		if soak(t) == 0 {
			cuts = cuts[:all/cutStride]
		}
		n := e.try(t, cuts, deadline)
		total += n
		tried = fmt.Sprintf("%d cuts, in the last exchange %d of the %d bytes up and %d down", total, n, up, down)
	}
	tell(t, "cut at every byte", tried, fmt.Sprint(seed))
}

// cut is a place at which the cable breaks.
type cut struct {
	up bool
	at int64
}

func (c cut) String() string {
	if c.up {
		return fmt.Sprintf("cut at byte %d up", c.at)
	}
	return fmt.Sprintf("cut at byte %d down", c.at)
}

// everyCut lists a cut at every byte so that any beginning of the list is spread
// evenly: bytes a stride apart, from an offset that the seed gives, then the next.
func everyCut(r *rand.Rand, up, down int64) []cut {
	const slack = 64 // frames may fall otherwise from run to run
	var cuts []cut
	for _, offset := range r.Perm(cutStride) {
		for k := int64(offset); k < up+slack; k += cutStride {
			cuts = append(cuts, cut{true, k})
		}
		for k := int64(offset); k < down+slack; k += cutStride {
			cuts = append(cuts, cut{false, k})
		}
	}
	return cuts
}

// try makes the exchange once for each cut, until the deadline if that lies
// ahead, and returns how many were made.
func (e *eve) try(t *testing.T, cuts []cut, deadline time.Time) int {
	timed := time.Now().Before(deadline)
	var next, done atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			root := folder(t)
			for i := next.Add(1) - 1; i < int64(len(cuts)) && !t.Failed() && (!timed || time.Now().Before(deadline)); i = next.Add(1) - 1 {
				dir := filepath.Join(root, fmt.Sprint(i))
				e.morning(named{t, cuts[i].String()}, dir, func(c *cable) {
					if cuts[i].up {
						c.up.Store(cuts[i].at)
					} else {
						c.down.Store(cuts[i].at)
					}
				})
				os.RemoveAll(dir)
				done.Add(1)
			}
		})
	}
	workers.Wait()
	return int(done.Load())
}

// Ensure that a cut in an exchange of many pages costs no more bytes than the few
// pages that were under way, wherever it falls. On a line that is slower than the
// machines it is one; here, where nothing takes time, one may overtake another.
func TestCutCost(t *testing.T) {
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	const entries = 300
	dir := folder(t)
	o := newOffice(t, filepath.Join(dir, "county"), sample.Catalogue())
	grid := o.newLaptop(filepath.Join(dir, "grid"), "grid1")
	id := grid.register("水沟纠纷")
	for i := range entries - 1 {
		grid.add(id, &casework.Noted{Note: fmt.Sprintf("第%d次上门，两家各说各的理，%x", i, r.Uint64())})
	}
	grid.close()
	o.close()
	e := &eve{files: map[string][]byte{}, key: o.key, cases: 1}
	for _, name := range []string{"county/" + county.LedgerFile, "grid/desk.db"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		e.files[name] = b
	}
	whole, page := e.carry(t, folder(t), -1)
	if whole < 3*page {
		t.Fatalf("%d bytes in pages of %d are no long exchange", whole, page)
	}
	worst := int64(0)
	for range 6 {
		at := r.Int64N(whole)
		cost, _ := e.carry(t, folder(t), at)
		worst = max(worst, cost-whole)
		// Smaller pages and one more handshake follow on a cut.
		if cost > whole+4*page+4<<10 {
			t.Errorf("cut at byte %d of %d: %d bytes went over the line; a page has %d", at, whole, cost, page)
		}
	}
	t.Logf("%d bytes up in pages of at most %d; a cut cost at most %d more", whole, page, worst)
}

// carry sends everything up, over a cable that breaks once after so many bytes
// (-1: never), and returns how many bytes went up and the largest page's.
func (e *eve) carry(t *testing.T, dir string, at int64) (bytes, page int64) {
	t.Helper()
	e.lay(t, dir)
	o := reopen(t, filepath.Join(dir, "county"), e.key)
	defer o.close()
	o.front = func(_ http.ResponseWriter, r *http.Request) bool { page = max(page, r.ContentLength); return false }
	l := o.openLaptop(filepath.Join(dir, "grid"))
	defer l.close()
	l.cable.up.Store(at)
	_, _ = l.sync() // cut or not
	l.cable.gone.Wait()
	o.busy.Wait()
	l.mustBeTrue(o.holds())
	l.cable.up.Store(-1)
	l.mustSync()
	l.mustAgree(o.holds(), e.cases)
	return l.cable.sent.Load(), page
}

// named says in every failure which cut it was.
type named struct {
	testing.TB
	what string
}

func (n named) Errorf(format string, args ...any) {
	n.Helper()
	n.TB.Errorf(n.what+": "+format, args...)
}

// Fatal ends the worker only, as Errorf does the test.
func (n named) Fatal(args ...any) {
	n.Helper()
	n.TB.Error(append([]any{n.what + ":"}, args...)...)
	runtime.Goexit()
}

func (n named) Fatalf(format string, args ...any) {
	n.Helper()
	n.TB.Errorf(n.what+": "+format, args...)
	runtime.Goexit()
}
