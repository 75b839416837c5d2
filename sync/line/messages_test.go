package line_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/wire"
)

// growth runs fn and fails if the program's memory grew by more than 64 MiB.
func growth(t *testing.T, what string, fn func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 64<<20 {
		t.Errorf("%s: memory grew by %d MiB", what, grown>>20)
	}
}

// pack compresses bytes as any program would.
func pack(t testing.TB, b []byte) []byte {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	must(t, err)
	return e.EncodeAll(b, nil)
}

// bombs are messages that a careless reader would die of.
func bombs(t testing.TB) map[string][]byte {
	deep := append(bytes.Repeat([]byte{0x81}, 3<<20), 0)                                                 // a list in a list in a list
	maps := append(bytes.Repeat([]byte{0xa1, 0x61, 'u'}, 1<<20), 0)                                      // the same of maps
	list := append([]byte{0xa1, 0x61, 'u', 0x9a, 0, 0x3d, 0, 0}, bytes.Repeat([]byte{0xa0}, 4e6)...)     // four million entries
	endless := append([]byte{0xa1, 0x61, 'u', 0x9f}, bytes.Repeat([]byte{0xa0}, 4e6)...)                 // a list without an end
	keys := append([]byte{0xba, 0, 0x10, 0, 0}, bytes.Repeat([]byte{0x61, 'x', 0}, 1<<20)...)            // a million unknown fields
	claim := []byte{0xa1, 0x61, 'u', 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}               // a length that is a lie
	text := append([]byte{0xa1, 0x61, 'p', 0x7a, 0x00, 0x3f, 0, 0}, bytes.Repeat([]byte("啊"), 1.3e6)...) // a name of four megabytes
	return map[string][]byte{
		"nothing": {}, "text": []byte("<html>login</html>"), "bomb": pack(t, make([]byte, 256<<20)), "too long": make([]byte, wire.MaxPacked+1),
		"deep": pack(t, deep), "deep maps": pack(t, maps), "list": pack(t, list), "endless list": pack(t, endless),
		"fields": pack(t, keys), "lie": pack(t, claim), "name": pack(t, text),
	}
}

// Ensure that no message makes the county fail, grow or change: bombs, lies, what
// is no message, and other types than the protocol's.
func TestHostile_Requests(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid := o.newPeer("grid1")
	grid.exchange()
	c := &poster{grid.client, t}
	before := o.dump()
	for name, message := range bombs(t) {
		for _, path := range []string{wire.PathExchange, wire.PathEnrol} {
			o.clock.pass(time.Minute)
			growth(t, name, func() {
				status, f := c.post(path, wire.MediaType, message)
				if f == nil && (name == "fields" || name == "name") {
					return // a message that says too much and asks for nothing
				}
				if f == nil || f.Code != casework.CodeInvalid || status != http.StatusBadRequest {
					t.Errorf("%s at %s: %d, %v", name, path, status, f)
				}
			})
		}
	}
	good, err := wire.Encode(grid.request())
	must(t, err)
	for _, kind := range []string{"", "text/html", "application/json", "application/cbor", "multipart/form-data; boundary=x", "application/casedesk2", ";;;"} {
		if _, f := c.post(wire.PathExchange, kind, good); f == nil || f.Code != casework.CodeInvalid {
			t.Errorf("content type %q: %v", kind, f)
		}
	}
	for n := range len(good) {
		if _, f := c.post(wire.PathExchange, wire.MediaType, good[:n]); f == nil || f.Code != casework.CodeInvalid {
			t.Errorf("the first %d of %d bytes: %v", n, len(good), f)
		}
	}
	// A body that trickles, and then ends before its length.
	slow, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	body, w := io.Pipe()
	go func() {
		for i := 0; i < len(good)-1; i++ {
			if _, err := w.Write(good[i : i+1]); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	r, err := http.NewRequestWithContext(slow, http.MethodPost, c.Base+wire.PathExchange, body)
	must(t, err)
	r.Header.Set("Content-Type", wire.MediaType)
	if answer, err := c.HTTP.Do(r); err == nil {
		answer.Body.Close()
		t.Errorf("half a message was answered with %s", answer.Status)
	}
	o.busy.Wait()
	if o.dump() != before {
		t.Error("a hostile message changed the county")
	}
	grid.exchange()
}

// Ensure that a request of which a byte was changed is refused and changes
// nothing, or is a request like any other: no entry gets in but as it was signed.
// The same request twice has one effect.
func TestTampered_Requests(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid := o.newPeer("grid1")
	id := grid.register(village, "441621102")
	grid.write(grid.entry(id, &casework.Noted{Note: "去看过"}))
	good, err := wire.Encode(grid.request())
	must(t, err)
	signed := map[casework.EntryID]casework.Hash{}
	for _, k := range grid.mine {
		signed[k.rec.Entry.UID] = k.rec.Commit
	}
	c := &poster{grid.client, t}
	taken := 0
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << rnd.IntN(8)
		before := o.dump()
		_, f := c.post(wire.PathExchange, wire.MediaType, bad)
		if f == nil {
			taken++
		} else if o.dump() != before {
			t.Errorf("byte %d: refused with %s, but it changed the county", i, f.Code)
		}
	}
	for uid := range o.holds() {
		if _, known := signed[uid]; !known {
			t.Errorf("entry %s is nobody's", uid)
		}
	}
	for range 2 {
		if _, f := c.post(wire.PathExchange, wire.MediaType, good); f != nil {
			t.Fatalf("the request itself: %v", f)
		}
	}
	before := o.dump()
	if _, f := c.post(wire.PathExchange, wire.MediaType, good); f != nil || o.dump() != before {
		t.Errorf("the same request again: %v, or it had effect again", f)
	}
	if held := o.holds(); len(held) != len(signed) {
		t.Errorf("the county holds %d entries, want %d", len(held), len(signed))
	}
	if taken > len(good)/20 {
		t.Errorf("of %d tampered requests %d were requests all the same", len(good), taken)
	}
	o.mustVerify()
}

// look is everything that a laptop shows and knows of its place.
func (l *laptop) look() string {
	l.t.Helper()
	out := fmt.Sprintf("%+v\n", l.store.Position())
	for _, row := range l.rows() {
		v, err := l.store.Case(row.ID)
		must(l.t, err)
		out += fmt.Sprintln(row.ID, row.Receipt, casework.Digest(&v.Case), v.Feeds, len(v.Receipts))
	}
	return out
}

// lie answers with what the county would, changed.
func (o *office) lie(change func(w http.ResponseWriter, body []byte)) {
	handler := o.county.Handler()
	o.front = func(w http.ResponseWriter, r *http.Request) bool {
		rec := &answer{header: http.Header{}}
		handler.ServeHTTP(rec, r)
		w.Header().Set("Content-Type", wire.MediaType)
		change(w, rec.body.Bytes())
		return true
	}
}

// answer keeps what the county answers.
type answer struct {
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
func (a *answer) WriteHeader(int)             {}

// told makes the exchange of an eve with a county that changes its first answer,
// and returns what the laptop made of it. Whatever that is, its own words stay;
// where it refused, it is as it was, and all is well with the next answer.
func (e *eve) told(t testing.TB, dir string, change func(http.ResponseWriter, []byte)) (refused bool) {
	t.Helper()
	e.lay(t, dir)
	o := reopen(t, filepath.Join(dir, "county"), e.key)
	defer o.close()
	l := o.openLaptop(filepath.Join(dir, "grid"))
	defer l.close()
	before, own := l.look(), l.words()
	o.lie(change)
	limit, cancel := context.WithTimeout(ctx, 5*time.Second)
	_, err := l.agent.Sync(limit, nil)
	cancel()
	o.busy.Wait()
	o.front = nil
	if err != nil {
		var r *casework.Refusal
		if !errors.As(err, &r) || r.Unsafe || r.Code == casework.CodeInternal {
			t.Errorf("no clear refusal: %v", err)
		}
		if now := l.look(); now != before {
			t.Errorf("refused with %v, but the laptop changed:\n%s\n%s", err, before, now)
		}
		l.mustSync()
		l.mustAgree(o.holds(), e.cases)
	}
	for uid := range own {
		if !l.words()[uid] {
			t.Errorf("own entry %s is gone", uid)
		}
	}
	return err != nil
}

// words are the uids of the laptop's own entries.
func (l *laptop) words() map[casework.EntryID]bool {
	l.t.Helper()
	own := map[casework.EntryID]bool{}
	for _, row := range l.rows() {
		entries, err := l.store.Entries(row.ID)
		must(l.t, err)
		for _, e := range entries {
			own[e.UID] = own[e.UID] || e.Actor == "grid1"
		}
	}
	return own
}

// Ensure that an answer that cannot be the county's leaves the laptop as it was,
// with a clear refusal, within bounds of memory.
func TestHostile_Replies(t *testing.T) {
	e := newEve(t)
	root := folder(t)
	send := func(b []byte) func(http.ResponseWriter, []byte) {
		return func(w http.ResponseWriter, _ []byte) { w.Write(b) }
	}
	cases := map[string]func(http.ResponseWriter, []byte){
		"another type": func(w http.ResponseWriter, b []byte) { w.Header().Set("Content-Type", "text/html"); w.Write(b) },
		"cut short":    func(w http.ResponseWriter, b []byte) { w.Write(b[:len(b)-1]) },
		"half":         func(w http.ResponseWriter, b []byte) { w.Write(b[:len(b)/2]) },
		"broken off": func(w http.ResponseWriter, b []byte) {
			w.Header().Set("Content-Length", fmt.Sprint(len(b)))
			w.Write(b[:len(b)/2])
			panic(http.ErrAbortHandler)
		},
		"moved": func(w http.ResponseWriter, _ []byte) {
			w.Header().Set("Location", "https://elsewhere/")
			w.WriteHeader(302)
		},
		"an error": func(w http.ResponseWriter, _ []byte) { w.WriteHeader(500) },
	}
	for name, b := range bombs(t) {
		if name != "fields" && name != "name" {
			cases[name] = send(b)
		}
	}
	for name, change := range cases {
		growth(t, name, func() {
			if !e.told(t, filepath.Join(root, name), change) {
				t.Errorf("%s: taken", name)
			}
		})
	}
}

// Ensure that of an answer of a county that is broken or means harm the laptop
// takes only what is sound: pages for its own cursor, stamps of what it has,
// entries that are whole.
func TestMalicious_Replies(t *testing.T) {
	e := newEve(t)
	root := folder(t)
	for _, test := range []struct {
		name    string
		refused bool
		change  func(*wire.Reply)
	}{
		{"as it is", false, func(*wire.Reply) {}},
		{"an earlier epoch", true, func(r *wire.Reply) { r.Epoch.UUID[0]--; r.Feeds[0].Epoch = r.Epoch }},
		{"no epoch", true, func(r *wire.Reply) { r.Epoch = casework.Epoch{} }},
		{"a page for a cursor behind", true, func(r *wire.Reply) { r.Feeds[0].From--; r.Stamps = nil }},
		{"a page for a cursor ahead", true, func(r *wire.Reply) { r.Feeds[0].From++; r.Stamps = nil }},
		{"a page of another epoch", true, func(r *wire.Reply) { r.Feeds[0].Epoch.UUID[0]--; r.Feeds[0].From += 9; r.Stamps = nil }},
		{"a page that ends before it begins", true, func(r *wire.Reply) { r.Feeds[0].To = 0 }},
		{"a page that ends early", true, func(r *wire.Reply) { r.Feeds[0].To -= 3 }},
		{"lines left out without end", true, func(r *wire.Reply) { r.Feeds[0].Lines[1].Skip = 1 << 60 }},
		{"lines less than none left out", true, func(r *wire.Reply) { r.Feeds[0].Lines[1].Skip = -1 }},
		{"lines in another order", false, func(r *wire.Reply) {
			l := r.Feeds[0].Lines
			l[0], l[len(l)-1] = l[len(l)-1], l[0]
		}},
		{"a line twice", true, func(r *wire.Reply) { r.Feeds[0].Lines = append(r.Feeds[0].Lines, r.Feeds[0].Lines[0]) }},
		{"an entry with other words", true, func(r *wire.Reply) { raw := r.Feeds[0].Lines[firstRaw(r)].Raw; raw[len(raw)-1] ^= 1 }},
		{"an entry cut short", true, func(r *wire.Reply) { l := &r.Feeds[0].Lines[firstRaw(r)]; l.Raw = l.Raw[:len(l.Raw)-1] }},
		{"an entry of a later form", true, func(r *wire.Reply) { r.Feeds[0].Lines[firstRaw(r)].Raw[1] = 9 }},
		{"a line without a stamp", true, func(r *wire.Reply) { r.Feeds[0].Lines[firstRaw(r)].Stamp = nil }},
		{"a stamp that is none", true, func(r *wire.Reply) { r.Stamps[0].Stamp = []byte("stamp") }},
		{"a stamp of nothing", true, func(r *wire.Reply) { r.Stamps[0].Stamp = nil }},
		{"stamps of what was never sent", false, func(r *wire.Reply) {
			more := r.Stamps[0]
			more.Seq += 1000
			other := r.Stamps[0]
			other.Log.UUID[3] ^= 1
			r.Stamps = append(r.Stamps, more, other)
		}},
		{"another's stamp by its hash", false, func(r *wire.Reply) {
			s := r.Stamps[0]
			s.Hash = make([]byte, 32)
			s.Hash[0] = 1
			r.Stamps = append(r.Stamps, s)
		}},
		{"a withdrawal of nothing", false, func(r *wire.Reply) {
			r.Feeds[0].Lines = append(r.Feeds[0].Lines, wire.Line{Withdrawn: casework.CaseID{UUID: newID(t)}})
			r.Feeds[0].To++
			r.Feeds[0].Head++
		}},
		{"a catalogue that is none", true, func(r *wire.Reply) { r.Catalogue = []byte{0xa0} }},
		{"a key twice", false, func(r *wire.Reply) { r.Keys = append(r.Keys, r.Keys...) }},
		{"a head of nobody's log", false, func(r *wire.Reply) { r.Heads = append(r.Heads, wire.Head{Log: casework.LogID{UUID: newID(t)}, Seq: 9}) }},
	} {
		w := named{t, test.name}
		refused := e.told(w, filepath.Join(root, test.name), func(rw http.ResponseWriter, body []byte) {
			var r wire.Reply
			must(w, wire.Decode(body, &r))
			if len(r.Feeds) == 1 && len(r.Feeds[0].Lines) > 2 && len(r.Stamps) > 0 {
				test.change(&r)
			}
			b, err := wire.Encode(&r)
			must(w, err)
			rw.Write(b)
		})
		if refused != test.refused {
			t.Errorf("%s: refused %t, want %t", test.name, refused, test.refused)
		}
	}
}

func firstRaw(r *wire.Reply) int {
	for i, l := range r.Feeds[0].Lines {
		if len(l.Raw) > 0 {
			return i
		}
	}
	return -1
}

// Ensure that an answer of which a byte was changed behind TLS is refused and
// leaves the laptop as it was, or is taken without harm to its own words.
func TestTampered_Replies(t *testing.T) {
	e := newEve(t)
	root := folder(t)
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	deadline := time.Now().Add(soak(t))
	refused, n := 0, 0
	for ; n < 60 || time.Now().Before(deadline) && !t.Failed(); n++ {
		at, bit := rnd.Float64(), rnd.IntN(8)
		dir := filepath.Join(root, fmt.Sprint(n))
		if e.told(named{t, fmt.Sprintf("seed %d, at %.4f, bit %d", seed, at, bit)}, dir, func(w http.ResponseWriter, b []byte) {
			b = bytes.Clone(b)
			b[int(at*float64(len(b)))] ^= 1 << bit
			w.Write(b)
		}) {
			refused++
		}
	}
	if refused < n*9/10 {
		t.Errorf("seed %d: of %d tampered answers only %d were refused", seed, n, refused)
	}
}
