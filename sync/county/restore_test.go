package county_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// move makes a laptop talk to another county.
func (l *laptop) move(w *world) { l.world = w }

// Ensure a county restored from a backup gets back what came after it, with its
// stamps, from whoever holds it; and that all agree in the end.
func TestRestore(t *testing.T) {
	w := newWorld(t)
	grid, mediator, office := w.laptop("grid1"), w.laptop("mediator1"), w.laptop("county1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	office.sync()
	file := filepath.Join(t.TempDir(), "county.backup")
	saved, err := w.Backup(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	grid.sync()
	equal(t, "backed up to", grid.last.Backed, wire.End{Epoch: saved.Epoch, N: saved.Watermark})

	// After the backup: an acceptance, a new case, and a laptop.
	mediator.add(id, &casework.Accepted{})
	mediator.sync()
	second := grid.register(village)
	grid.sync()
	late := w.laptop("grid4")
	late.unit = "441621102902"
	third := late.register("441621102902")
	late.sync()
	office.sync()
	mediator.sync()
	before := mediator.fold(id)
	stamp := mediator.mine[1].stamp

	// The restored county takes it back. The laptop of the acceptance is lost:
	// the office's holds it.
	r := w.restored(file)
	for _, l := range []*laptop{grid, office, late} {
		l.move(r)
		l.sync()
	}
	fresh := r.laptop("mediator1")
	fresh.sync()
	grid.sync()
	office.sync()
	for name, l := range map[string]*laptop{"grid": grid, "office": office, "fresh": fresh} {
		if !l.seesCase(id) {
			t.Fatalf("%s lost the case", name)
		}
		c := l.fold(id)
		equal(t, "digest at "+name, casework.Digest(&c), casework.Digest(&before))
	}
	for _, k := range fresh.held {
		if k.rec.Entry.UID == mediator.mine[1].rec.Entry.UID {
			equal(t, "stamp of the acceptance", k.stamp, stamp)
		}
	}
	if !fresh.seesCase(second) || !fresh.seesCase(third) {
		t.Fatal("a case was lost")
	}
	devices, err := r.Devices(ctx)
	if err != nil || len(devices) != 5 {
		t.Fatalf("devices %+v, %v", devices, err)
	}
	for _, d := range devices {
		if len(d.Logs) != 1 || d.Logs[0].Head == 0 {
			t.Errorf("device %+v", d)
		}
	}
	// The lost laptop comes back after all: nothing changes but its own page.
	mediator.move(r)
	mediator.sync()
	m := mediator.fold(id)
	equal(t, "digest at the laptop that came back", casework.Digest(&m), casework.Digest(&before))
	r.mustVerify()
}

// Ensure that words of which a restored county gets back nothing but a copy have
// their effect, and have it once should the first entry come back as well.
func TestRestore_CopyAlone(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	id := grid.register(village)
	grid.sync()
	first, mine := grid.held, grid.mine
	grid.held = map[casework.Hash]*kept{}
	grid.openLog(casework.LogRestored)
	grid.write(id, mine[1].rec.Entry.UID, nil, mine[1].rec.Entry.Events...)
	grid.sync()
	equal(t, "verdict", grid.mine[1].verdict(t), "copy ")
	clear(grid.cursors)
	for hash, k := range grid.held { // what the feed brought is lost with the county
		if k.rec.Entry.Log != grid.log {
			delete(grid.held, hash)
		}
	}

	r := w.restored(file)
	grid.move(r)
	grid.sync()
	equal(t, "verdict of the copy alone", grid.mine[1].verdict(t), "admitted ")
	office := r.laptop("county1")
	office.sync()
	if !office.seesCase(id) {
		t.Fatal("the words are lost")
	}
	for hash, k := range first {
		grid.held[hash], grid.refill[hash] = k, true
	}
	grid.sync()
	office.sync()
	c := office.fold(id)
	equal(t, "lines", len(c.Timeline), 1)
	equal(t, "stands in the log", c.Timeline[0].Name.Log, mine[1].rec.Entry.Log)
	r.mustVerify()
}

// Ensure that a copy that comes alone is judged by the case that comes back with it:
// what was refused takes no effect because the refusal is lost.
func TestRestore_CopyJudged(t *testing.T) {
	w := newWorld(t)
	mediator, grid := w.laptop("mediator1"), w.laptop("grid1")
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	id := mediator.register(village)
	mediator.add(id, &casework.Accepted{})
	mediator.sync()
	grid.sync()
	refused := grid.add(id, &casework.Assigned{Lead: grid.unit})
	grid.sync()
	equal(t, "verdict", refused.verdict(t), "held role")
	grid.openLog(casework.LogRestored)
	again := grid.write(id, refused.rec.Entry.UID, refused.rec.Entry.Parents, refused.rec.Entry.Events...)
	grid.sync()
	equal(t, "verdict of the copy", again.verdict(t), "copy ")
	for hash, k := range grid.held {
		if k.rec.Entry.Log != grid.log && k.rec.Entry.Actor == "grid1" {
			delete(grid.held, hash)
		}
	}
	clear(grid.cursors)

	r := w.restored(file)
	grid.move(r)
	grid.sync()
	equal(t, "verdict of the copy alone", again.verdict(t), "held role")
	c := grid.fold(id)
	equal(t, "state", c.State, casework.StateAccepted)
	mediator.move(r)
	mediator.sync()
	r.mustVerify()
}

// Ensure a folder that holds a county is left alone, and that no byte of a
// backup can be lost or changed unnoticed.
func TestRestore_Refused(t *testing.T) {
	w := newWorld(t)
	w.laptop("grid1").sync()
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	conf := w.conf
	conf.Ledger, conf.Key = nil, nil
	if _, err := county.Restore(ctx, conf, file, w.dir); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotAllowed}) {
		t.Errorf("over a county: %v", err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad")
	try := func(b []byte) error {
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "new")
		_, err := county.Restore(ctx, conf, bad, dir)
		if files, _ := os.ReadDir(dir); err != nil && len(files) > 0 {
			t.Fatalf("a refused backup left %v", files)
		}
		return err
	}
	for _, i := range []int{0, 100, len(whole) / 2, len(whole) - 300, len(whole) - 60, len(whole) - 1} {
		if err := try(whole[:i]); err == nil {
			t.Errorf("taken when cut off at %d of %d", i, len(whole))
		}
		b := append([]byte{}, whole...)
		b[i] ^= 1
		if err := try(b); err == nil {
			t.Errorf("taken with byte %d of %d changed", i, len(whole))
		}
	}
	if err := try(whole); err != nil {
		t.Fatal(err)
	}
}

// Ensure a ledger file that was put back by hand, without a restore, is noticed
// and made good.
func TestRolledBack(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.sync()
	if err := w.conf.Ledger.Close(); err != nil {
		t.Fatal(err)
	}
	old := *w
	old.dir = t.TempDir()
	for _, name := range []string{county.LedgerFile, county.KeyFile} {
		copyFile(t, filepath.Join(w.dir, name), filepath.Join(old.dir, name))
	}
	w.open(w.conf)
	equal(t, "urged", w.supervise(w.at(2)), 2)
	mediator.sync()
	mediator.add(id, &casework.Accepted{})
	mediator.sync()
	grid.sync()
	want := grid.fold(id)
	epoch := grid.last.Epoch

	old.now = w.now.Add(time.Minute)
	conf := w.conf
	conf.Clock = func() time.Time { return old.now }
	old.open(conf)
	// Somebody writes before anybody who knows better comes along; and the county says
	// again what it said.
	equal(t, "urged again", old.supervise(old.now), 1)
	other := old.laptop("grid4")
	other.unit = "441621102902"
	other.register("441621102902")
	other.sync()
	for range 2 {
		for _, l := range []*laptop{grid, mediator, other} {
			l.move(&old)
			l.sync()
		}
	}
	if grid.last.Epoch == epoch {
		t.Fatal("no new epoch was begun")
	}
	for _, l := range []*laptop{grid, mediator} {
		c := l.fold(id)
		equal(t, "entries", len(c.Timeline), len(want.Timeline)+1)
		equal(t, "state", c.State, want.State)
		equal(t, "told", len(l.urged()), 1) // the red one took the yellow one's place
	}
	agree(t, id, grid, mediator)
	old.mustVerify()
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// Ensure that in random days with restores of random age no word that a living
// laptop holds is lost, none is doubled, and all replicas agree.
func TestRandomDays(t *testing.T) {
	seeds := 6
	if testing.Short() {
		seeds = 2
	}
	for seed := range uint64(seeds) {
		randomDays(t, seed)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func randomDays(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 9))
	w := newWorld(t)
	laptops := []*laptop{w.laptop("grid1"), w.laptop("grid2"), w.laptop("mediator1"), w.laptop("mediator2"), w.laptop("county1")}
	places := map[*laptop]string{laptops[0]: village, laptops[1]: "441621109901", laptops[2]: village, laptops[3]: "441621109901", laptops[4]: village}
	var files []string
	all := map[casework.CaseID]bool{}
	words := 0
	for step := range 120 {
		w.now = w.now.Add(time.Duration(random.IntN(3600)) * time.Second)
		if step%5 == 0 {
			if _, err := w.Supervise(ctx, w.now); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
		}
		for _, l := range laptops {
			l.world = w
		}
		l := laptops[random.IntN(len(laptops))]
		switch n := random.IntN(20); {
		case n < 5:
			all[l.register(places[l])] = true
			words++
		case n < 12:
			for _, k := range l.held {
				if id := k.rec.Entry.Case; !id.IsZero() && random.IntN(3) == 0 {
					l.add(id, pickEvent(random))
					words++
					break
				}
			}
		case n < 17:
			if _, err := l.exchange(); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
		case n == 17 && len(files) < 4:
			file := filepath.Join(t.TempDir(), "backup")
			if _, err := w.Backup(ctx, file); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		case n == 18 && len(files) > 0:
			w = w.restored(files[random.IntN(len(files))])
		}
	}
	for range 4 { // once up and down, once more for what others refilled
		for _, l := range laptops {
			l.world = w
			l.sync()
		}
	}
	written := map[casework.EntryID]bool{}
	for _, l := range laptops {
		for _, k := range l.mine {
			if k.stamp == nil {
				t.Errorf("seed %d: an entry never got a stamp", seed)
			}
			if !k.rec.Entry.Case.IsZero() {
				written[k.rec.Entry.UID] = true
			}
		}
	}
	equal(t, "words written", len(written), words)
	office := w.laptop("county1")
	office.sync()
	checked := 0
	for id := range all {
		if !office.seesCase(id) {
			t.Errorf("seed %d: the county does not show case %s", seed, id)
			continue
		}
		want := office.fold(id)
		for _, line := range want.Timeline {
			delete(written, line.UID)
		}
		for _, l := range laptops {
			if l.seesCase(id) {
				c := l.fold(id)
				checked++
				if casework.Digest(&c) != casework.Digest(&want) {
					t.Errorf("seed %d: %s folds case %s otherwise", seed, l.user, id)
				}
			}
		}
	}
	if len(written) > 0 || checked < len(all) {
		t.Errorf("seed %d: %d words are not in the county's cases; %d folds compared", seed, len(written), checked)
	}
	w.mustVerify()
}

func pickEvent(random *rand.Rand) casework.Event {
	switch random.IntN(5) {
	case 0:
		return &casework.Accepted{}
	case 1:
		return &casework.Amended{Fields: casework.Fields{casework.FieldTitle: []string{"甲", "乙", "丙"}[random.IntN(3)]}}
	case 2:
		return &casework.Mediated{Method: "03", Result: "未达成"}
	case 3:
		return &casework.Voided{Reason: "误登"}
	}
	return &casework.Noted{Note: "备注"}
}
