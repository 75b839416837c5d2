package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"casedesk/sync/county"
)

// kill stops a machine without warning.
func (w *world) kill(l *laptop) {
	w.log("%s is killed", l.name)
	l.die(l.copyFile())
}

// rest ends a desk in order, for a moment.
func (w *world) rest(l *laptop) {
	w.log("%s is closed and opened", l.name)
	w.ok(l.store.Close())
	l.boot()
	l.open()
}

func (w *world) keepCopy(l *laptop) {
	if l.enrolled() && len(l.copies) < 4 {
		w.log("%s is copied", l.name)
		l.copies = append(l.copies, l.copyFile())
	}
}

// putBack puts an older copy of a laptop's file in its place, sometimes on
// another machine, where no witness is.
func (w *world) putBack(l *laptop) {
	if len(l.copies) == 0 {
		return
	}
	c := pick(w, l.copies)
	if w.chance(50) {
		w.ok(os.RemoveAll(l.notes))
	}
	w.putBackTo(l, c)
}

func (w *world) putBackTo(l *laptop, c fileCopy) {
	w.log("%s is put back: %d entries of %d", l.name, len(c.own), len(l.own))
	w.ruined = true
	l.die(c)
	w.uncertain(l)
}

// burn puts the county and laptops back to one day, all but one whose person
// serves elsewhere from then on, or whose unit loses a town: hers may be the last to
// have what the others wrote since, and she may not see it any more.
func (w *world) burn(l *laptop) {
	move, moves := moves[l.user]
	if w.chance(50) {
		move, moves = townMoves, true
	}
	if !moves || !l.enrolled() || l.revoked || len(w.backups) == 0 {
		return
	}
	b := pick(w, w.backups)
	if w.bereft(b) {
		return
	}
	w.log("all but %s burns", l.name)
	for _, o := range w.live() {
		if c, there := b.laptops[o]; there && o != l && w.chance(85) {
			w.putBackTo(o, c)
		}
	}
	w.restore(b)
	w.change(move)
	w.exchange(l)
}

// cloneFile makes a second laptop of a copy of the first one's file.
func (w *world) cloneFile(l *laptop) {
	if !l.enrolled() || l.revoked || len(w.laptops) > 9 {
		return
	}
	w.uncertain(l)
	c := l.copyFile()
	twin := w.newLaptop(l.user)
	w.log("%s is cloned to %s", l.name, twin.name)
	w.ok(os.MkdirAll(twin.dir, 0o700))
	w.ok(os.WriteFile(twin.file(), c.data, 0o600))
	twin.own, twin.drafts = c.own, c.drafts
	twin.open()
}

func (w *world) backUp(*laptop) {
	file := filepath.Join(w.dir, fmt.Sprintf("backup-%d", len(w.backups)))
	saved, err := w.county.Backup(ctx, file)
	w.ok(err)
	b := backup{file: file, uids: w.atCounty().uids, laptops: map[*laptop]fileCopy{}}
	for _, l := range w.live() {
		if l.enrolled() {
			b.laptops[l] = l.copyFile()
		}
	}
	for uid := range b.uids {
		w.backed[uid] = true
	}
	w.backups = append(w.backups, b)
	w.log("county is backed up to %d", saved.Watermark)
}

// restoreCounty puts the county back to a backup, the newest more often than not.
func (w *world) restoreCounty(*laptop) {
	if len(w.backups) == 0 {
		return
	}
	i := len(w.backups) - 1
	if w.chance(40) {
		i = w.rand.IntN(len(w.backups))
	}
	if !w.bereft(w.backups[i]) {
		w.restore(w.backups[i])
	}
}

// bereft reports whether a newer backup may be the last to hold somebody's words:
// where a laptop let a case go, it destroys its own once it is told that a backup
// has them. Nobody may then restore an older one.
func (w *world) bereft(b backup) bool {
	h := w.atCounty()
	for _, l := range w.live() {
		for _, row := range l.rows() {
			if row.Gone == nil {
				continue
			}
			for _, e := range h.cases[row.ID] {
				if w.backed[e.UID] && !b.uids[e.UID] {
					return true
				}
			}
		}
	}
	return false
}

func (w *world) restore(b backup) {
	w.t.Helper()
	w.had[w.epoch()] = w.atCounty().uids
	w.moved.Store(true)
	w.ok(w.ledger.Close())
	home := w.folder("county")
	conf := w.conf
	conf.Ledger, conf.Key = nil, nil
	w.pass(time.Hour)
	restored, err := county.Restore(ctx, conf, b.file, home)
	w.ok(err)
	w.home = home
	key, err := county.ReadKey(home)
	w.ok(err)
	w.conf.Key = key
	w.openCounty()
	w.log("county is restored from %s: epoch %s", filepath.Base(b.file), short(restored.Epoch))
	w.revokeAgain()
}

// openCounty starts the county with the ledger of its folder.
func (w *world) openCounty() {
	w.t.Helper()
	var err error
	w.ledger, err = countyFiles.Open(filepath.Join(w.home, county.LedgerFile))
	w.ok(err)
	w.conf.Ledger = w.ledger
	w.county, err = county.New(ctx, w.conf)
	w.ok(err)
	w.net.county.Store(w.county)
}
