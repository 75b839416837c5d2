package mutants_test

// edit replaces a text that stands once in a file.
type edit struct{ file, old, new string }

// mutant is a fault that the simulator must find.
type mutant struct {
	name  string
	edits []edit
}

// mutants are the faults. The texts are as short as they can be and still stand
// once in their file.
var mutants = []mutant{
	{"a cursor is committed apart from its data", []edit{
		{"store/absorb.go", "n := min(chunk, len(steps))", "n := min(1, len(steps))"},
		{"store/feed.go", "case len(f.Lines) == 0 && f.To > f.From:", "case f.To > f.From:"},
		{"store/feed.go", "cur.N != before {", "cur.N != before && cur.N != f.To {"}}},
	{"a cursor passes what could not be taken", []edit{
		{"store/feed.go", "if a.missing {\n\t\tt.st.Whole", "if false {\n\t\tt.st.Whole"}}},
	{"the county answers before it commits", []edit{
		{"sync/county/exchange.go", "err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {",
			"ran := make(chan error, 3)\n\tgo c.conf.Ledger.Update(context.WithoutCancel(ctx), func(tx ledger.Tx) (err error) {\n" +
				"\t\tdefer time.Sleep(3 * time.Millisecond)\n\t\tdefer func() { ran <- err }()"},
		{"sync/county/exchange.go", "return u.run(req, offers)\n\t})", "return u.run(req, offers)\n\t})\n\terr := <-ran"}}},
	{"parents are captured at the save", []edit{
		{"store/append.go", "if e.Parents == nil {", "if true {"}}},
	{"a stamp is issued anew after a restore", []edit{
		{"sync/county/refill.go", "} else if lost || alone {", "} else if lost || true {"}}},
	{"an entry that is known gets another stamp", []edit{
		{"sync/county/update.go", "if u.holds(place) {", "if u.holds(place) {\n\t\tu.n++\n\t\tstamp.N = u.n\n\t\te.Stamp = record.MarshalStamp(stamp)"}}},
	{"a withdrawn case leaves others' words", []edit{
		{"store/feed.go", "if err := t.delete(bucketOthers, othersKey(c.number, r.Arrival)); err != nil {", "if false {\n\t\tvar err error"}}},
	{"a withdrawn case leaves its row", []edit{
		{"store/feed.go", "= own, nil, nil, true", "= own, nil, nil, false"}}},
	{"a withdrawn case can still be searched", []edit{
		{"store/casefile.go", "c.words != nil && *c.words == words {", "c.words != nil {"}}},
	{"a withdrawn case leaves a draft", []edit{
		{"store/draft.go", "return d.Case == id }", "return false }"}}},
	{"a withdrawn case leaves the first page", []edit{
		{"store/rows.go", "if !t.has(bucketState, pageKey(tab)) {", "if true {"}}},
	{"a case is let go that the county lacks", []edit{
		{"store/feed.go", "if !t.isSafe(c) {", "if false {"}}},
	{"a uid takes effect twice", []edit{
		{"sync/county/admit.go", "if taken && known.Commit == o.rec.Commit && known.Case == e.Case {", "if false {"},
		{"sync/county/admit.go", "case taken:", "case taken && known.Commit != o.rec.Commit:"},
		{"store/casework/fold.go", "; known && !reused ||", "; false && known && !reused ||"}}},
	{"a held entry has effect", []edit{
		{"store/casework/fold.go", "case e.Stamp != nil && e.Stamp.Verdict == Held:", "case e.Stamp != nil && e.Stamp.Verdict == Held && len(c.Timeline) == 0:"}}},
	{"a receipt is not taken back at a new epoch", []edit{
		{"store/view.go", "} else if st.holds(r.At) {", "} else if !r.At.Epoch.IsZero() {"}}},
	{"a receipt says backed up too early", []edit{
		{"store/state.go", "return m.N <= s.Backed.N", "return true"}}},
	{"a restored county is not refilled", []edit{
		{"sync/agent/sync.go", "if r.filled == epoch {", "if true {"}}},
	{"own entries are not offered again", []edit{
		{"store/absorb.go", "st.Logs[i].Acked = 0", "_ = i"}}},
	{"cursors are not rewound after a restore", []edit{
		{"sync/county/epoch.go", "n = min(n, start)", "_ = start"}}},
	{"a feed is not backfilled", []edit{
		{"sync/county/feeds.go", "if !slices.Contains(k.row.Units, unit) {", "if false {"}}},
	{"a feed does not say that a case went", []edit{
		{"sync/county/feeds.go", "if slices.Contains(units, unit) {", "if true {"}}},
	{"a confidential case reaches whom it is about", []edit{
		{"store/casework/recipients.go", "return !known || c.hides(u, ix)", "return !known"}}},
	{"the effective time is the laptop's own clock", []edit{
		{"sync/county/effective.go", "when = received.Add(-since)", "when = e.Wall"}}},
	{"a log that was left is not issued again", []edit{
		{"store/rotate.go", "if t.st.County == nil {", "if true {"}}},
	{"a fork's branch is dropped", []edit{
		{"sync/county/admit.go", "if there {\n\t\t\treturn u.fork(l, o)", "if there {\n\t\t\treturn u.have(known)"}}},
	{"a repeated request gets no answer", []edit{
		{"sync/county/admit.go", "if there && known.Hash == o.rec.Hash {\n\t\t\treturn u.have(known)", "if there && known.Hash == o.rec.Hash {\n\t\t\treturn nil"}}},
	{"a revoked laptop is served", []edit{
		{"sync/county/exchange.go", "if dev.Revoked != 0 {", "if false {"}}},
	{"what is contested in an ended case waits for nobody", []edit{
		{"store/casework/todo.go", "if len(c.Contested) > 0 && Allowed(c, p, ActSettle, ix) == \"\" {", "if len(c.Contested) > 0 && !c.Ended() && Allowed(c, p, ActSettle, ix) == \"\" {"}}},
	{"rows are not made again under a new catalogue", []edit{
		{"store/absorb.go", "if st.Fold == derivedVersion && st.Catalogue == version {", "if true {"}}},
	{"a case that moves on is urged by the days that it had", []edit{
		{"sync/county/feeds.go", "return u.awaits(k, next)", "if k.row.Due != 0 {\n\t\treturn nil\n\t}\n\treturn u.awaits(k, next)"}}},
	{"a party's say counts twice", []edit{
		{"store/casework/event_said.go", "if o.Round == c.Round && o.Way == r.Way && o.Party == r.Party {", "if o.Round == c.Round && o.Way == r.Way && o.Way != \"\" {"}}},
	{"figures are kept of what a case was when it came", []edit{
		{"sync/county/feeds.go", "k.fitted, k.row.Units = true, units", "k.fitted, k.row.Units = len(k.row.Units) == 0, units"}}},
}
