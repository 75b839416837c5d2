package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that saved and last searches are there again after the desk ended, that the file
// says nothing of them, that a backup has them, and that there is an end to them.
func TestStore_Save(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir, options(newClock()))
	if saved := must[[]store.SavedSearch](t)(s.Saved()); len(saved) != 0 {
		t.Errorf("%+v before any was saved", saved)
	}
	want := []store.SavedSearch{{"龙窝邻里", "类:邻里 镇:龙窝"}, {"欧阳家的", "人:欧阳明远"}}
	ok(t, s.Save(append(slices.Clone(want), store.SavedSearch{" ", "x"}, store.SavedSearch{"x", " "}, want[0])))
	for i := range 15 {
		ok(t, s.NoteSearch(fmt.Sprint("找", i)))
	}
	ok(t, s.NoteSearch(" 找9 "))
	ok(t, s.NoteSearch(""))
	checkClean(t, s)
	copied := filepath.Join(t.TempDir(), "desk.db")
	must[int64](t)(s.Backup(copied))
	ok(t, s.Close())

	for _, dir := range []string{dir, filepath.Dir(copied)} {
		s = open(t, dir, options(newClock()))
		if saved := must[[]store.SavedSearch](t)(s.Saved()); !slices.Equal(saved, want) {
			t.Errorf("%+v", saved)
		}
		if recent := must[[]string](t)(s.Recent()); len(recent) != 10 || recent[0] != "找9" || recent[1] != "找14" || slices.Contains(recent[1:], "找9") {
			t.Errorf("%v", recent)
		}
		ok(t, s.Close())
	}
	file := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "desk.db")))
	for _, told := range []string{"龙窝", "欧阳", "saved", "recent"} {
		if bytes.Contains(file, []byte(told)) {
			t.Errorf("the file tells %s", told)
		}
	}

	s = open(t, dir, options(newClock()))
	var many []store.SavedSearch
	for i := range store.MaxSaved + 1 {
		many = append(many, store.SavedSearch{fmt.Sprint(i), "灯:红"})
	}
	if err := s.Save(many); code(err) != casework.CodeNotAllowed {
		t.Errorf("too many: %v", err)
	}
	ok(t, s.Save(many[1:]))
	ok(t, s.Save(nil))
	if saved := must[[]store.SavedSearch](t)(s.Saved()); len(saved) != 0 {
		t.Errorf("%+v after all were dropped", saved)
	}
}

// Ensure that nothing of saved searches is left to who takes the laptop over.
func TestStore_SaveHandedOver(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	register(t, s, "排水沟纠纷")
	ok(t, s.Save([]store.SavedSearch{{"欧阳家的", "人:欧阳明远"}}))
	ok(t, s.NoteSearch("欧阳"))
	c.exchange(s)
	ok(t, s.HandOver("grid4", ""))
	if err := s.Save(nil); code(err) != casework.CodeNotAllowed {
		t.Errorf("written after the hand-over: %v", err)
	}
	c.exchange(s)
	ok(t, s.LeaveWord())
	dir, o := s.Dir(), options(newClock())
	ok(t, create(t, store.Beside(dir), o).Close())
	ok(t, s.Close())
	ok(t, store.ForgetHanded(dir, o))
	ok(t, store.MoveIn(dir))
	next := open(t, dir, o)
	if saved, recent := must[[]store.SavedSearch](t)(next.Saved()), must[[]string](t)(next.Recent()); len(saved)+len(recent) != 0 {
		t.Errorf("left: %+v, %v", saved, recent)
	}
}
