package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// A story is what somebody of one role does in a day, by the keys that her screens show, to
// what the store and her colleagues' desks hold in the end. They are told by these tests:
//
//	网格员  log in a village without a net, go on with a draft after the lock, settle on the
//	        spot, let both parties rate, find it again, send it    TestStory_GridWorkerInTheVillage
//	        what the county holds is explained                     TestStory_GridWorkerHeld
//	        the case of 8 July 2021, keys counted                  TestDesk_DepositForAFlat
//	        no passphrase: recovery code; laptop handed over       TestDesk_Recover, TestDesk_TakeOver
//	调解员  check the list by light, pass on with a co-handler, close after a visit
//	                                                               TestStory_MediatorAndCoHandler
//	        the morning's board; take in and pass on by Enter      TestDesk_Board, TestWorking_MediatorsMorning
//	        what two did at once is decided                        TestDesk_SettleActions, TestDesk_SettleFields
//	        many are taken in at once                              TestWorking_Many
//	        what is one case is put together; the days ahead       TestDesk_Merge, TestDesk_Days
//	综治中心 a task is given and answered                           TestStory_CenterGivesATask
//	        looking into a confidential case                       TestDesk_Glass
//	部门    a case is signed for, handled, sent back               TestStory_BureauSendsBack
//	        an order is answered                                   TestDesk_Orders
//	平安办  a case is supervised, the reply read, the figures led back to cases
//	                                                               TestStory_CountySupervises
//	        what is held is released, word is left on many         TestWorking_CountysMorning
//	        acting for one of two units                            TestDesk_ActingUnit
//	领导    reads the board, a red case and the figures, writes nothing
//	                                                               TestStory_LeaderReads, TestDesk_Leader
//	法院    an agreement is confirmed                              TestStory_CourtConfirms
//	检察院  a lead is logged, weighed, a proposal made and answered TestStory_ProcuratorProposes
//	镇执法  a delegated matter is logged, inspected, decided       TestStory_EnforcerDecides
//	        one that the town never claimed is handed up           TestDesk_HandUp
//	信访    a petition is logged, told, passed on, answered        TestStory_PetitionDesk
//	anybody sync in plain words                                    TestExchange
//	        first start, practice, help                            TestWelcome, TestTour, TestPractice

// office is people of several units at desks of their own, and their county.
type office struct {
	t     testing.TB
	clk   *clock
	c     *county
	users []catalogue.UserID
	desks map[catalogue.UserID]*store.Store
}

// newOffice lets people of the sample work, each for the first of her units.
func newOffice(t testing.TB, users ...catalogue.UserID) *office {
	t.Helper()
	o := &office{t: t, clk: newClock(), c: newCounty(t), users: users, desks: map[catalogue.UserID]*store.Store{}}
	for _, u := range users {
		person, ok := catalogueIndex().Person(u)
		if !ok {
			t.Fatalf("%s is not in the sample", u)
		}
		o.desks[u] = o.c.laptop(o.clk, u, person.Units[0])
	}
	return o
}

// share lets some time pass and everybody send and receive.
func (o *office) share() {
	o.t.Helper()
	o.clk.now = o.clk.now.Add(10 * time.Minute)
	for range 2 {
		for _, u := range o.users {
			o.c.exchange(o.desks[u])
		}
	}
}

// sit puts somebody at her desk, which begins with the board.
func (o *office) sit(user catalogue.UserID) *tuitest.Driver {
	o.t.Helper()
	cfg := config(o.desks[user], o.clk)
	cfg.First = ""
	return tuitest.New(o.t, tui.New(cfg), 80, 24)
}

// write is what was done before a story begins.
func (o *office) write(user catalogue.UserID, id casework.CaseID, events ...casework.Event) casework.CaseID {
	o.t.Helper()
	for _, ev := range events {
		id = must[store.Saved](o.t)(o.desks[user].Append(store.Work{Case: id, Events: []casework.Event{ev}})).Case
		o.share()
	}
	return id
}

// lookUp finds a case by words and opens it.
func lookUp(d *tuitest.Driver, typed string) {
	d.Press("f3")
	d.Type(typed)
	d.ExpectCursor("[" + typed)
	d.Expect("共 1 件")
	d.Press("enter")
	d.Expect("案件 ")
}

// act does something by the menu and its form, and expects it to be saved.
func act(d *tuitest.Driver, action string, fields ...[2]string) {
	do(d, action)
	d.Expect(action + "  ")
	fill(d, fields...)
	d.Expect(action + "：已保存")
}

// logged expects a new case to be saved, and opens it.
func logged(d *tuitest.Driver) {
	d.Expect("已登记")
	for !strings.Contains(chosen(d), "打开这个案件") {
		d.Press("down")
	}
	d.Press("enter")
	d.Expect("案件 ")
}

// reads looks through the case that is shown for words.
func reads(d *tuitest.Driver, want string) bool {
	d.Press("home")
	for range 10 {
		if d.Shows(want) {
			return true
		}
		d.Press("pgdown")
	}
	return false
}

// hears waits until the case that is shown has words that somebody else wrote.
func hears(d *tuitest.Driver, want string) {
	for !reads(d, want) {
		d.Hear()
	}
}

// says expects the case on a desk to have come to a state, and returns it.
func (o *office) says(user catalogue.UserID, id casework.CaseID, want casework.State) casework.Case {
	o.t.Helper()
	v := viewOf(o.t, o.desks[user], id)
	if v.State != want {
		o.t.Errorf("%s holds the case as %s, want %s", user, v.State, want)
	}
	return v.Case
}

// Ensure that the index of the stories names tests that there are, and every story.
func TestStory_Index(t *testing.T) {
	index, tests := stories(t)
	for name := range index {
		if !tests[name] {
			t.Errorf("%s is told of and there is no such test", name)
		}
	}
	for name := range tests {
		if strings.HasPrefix(name, "TestStory_") && name != "TestStory_Index" && !index[name] {
			t.Errorf("%s is not told of", name)
		}
	}
}

// stories are the tests that the index names, and all tests that this package has.
func stories(t *testing.T) (index, tests map[string]bool) {
	t.Helper()
	index, tests = map[string]bool{}, map[string]bool{}
	files := must[[]string](t)(filepath.Glob("*_test.go"))
	for _, file := range files {
		data := must[[]byte](t)(os.ReadFile(file))
		for _, found := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllSubmatch(data, -1) {
			tests[string(found[1])] = true
		}
		if file != "story_test.go" {
			continue
		}
		for _, line := range regexp.MustCompile(`(?m)^//\t.*$`).FindAll(data, -1) {
			for _, found := range regexp.MustCompile(`Test\w+`).FindAll(line, -1) {
				index[string(found)] = true
			}
		}
	}
	return index, tests
}
