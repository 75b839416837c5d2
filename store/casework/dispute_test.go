package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"

	"github.com/google/uuid"
)

var (
	zhang  = casework.ElementID{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000e1")}
	li     = casework.ElementID{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000e2")}
	nobody = casework.ElementID{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000e3")}
)

const court catalogue.UnitID = "441621102-ft"

// quarrel is a registration with two parties.
func quarrel() *casework.Registered {
	r := registered()
	r.Parties = []casework.Party{{Element: zhang, Role: "applicant", Name: "张三"}, {Element: li, Role: "respondent", Name: "李四"}}
	return r
}

// history folds events one after the other, each seeing the last, an hour apart.
func history(events ...casework.Event) []casework.Entry {
	var out []casework.Entry
	for i, ev := range events {
		var parents []int
		if i > 0 {
			parents = []int{i}
		}
		out = append(out, entry(i+1, parents, ev))
	}
	return out
}

// samples are an event of each of the dispute's own actions, filled in well.
var samples = map[casework.Action]casework.Event{
	casework.ActAccept:             &casework.Accepted{},
	casework.ActSettleOnSpot:       &casework.SettledOnSpot{Agreement: "各让一步", Extent: "full"},
	casework.ActSignFor:            &casework.SignedFor{},
	casework.ActAssign:             &casework.Assigned{Lead: "441621-zjj"},
	casework.ActMediate:            &casework.Mediated{Method: "03", Result: "再谈"},
	casework.ActAgree:              &casework.Agreed{Form: "written", Agreement: "各让一步", Due: "2026-12-01"},
	casework.ActPerform:            &casework.Performed{Extent: "full"},
	casework.ActApplyConfirmation:  applied,
	casework.ActAcceptConfirmation: &casework.ConfirmationAccepted{},
	casework.ActConfirmation:       &casework.Confirmed{Result: "valid", Ruling: "（2026）粤1621民特1号"},
	casework.ActBreach:             &casework.Breached{What: "没有付钱", Follow: "urge"},
	casework.ActContact:            &casework.Contacted{},
	casework.ActRevisit:            &casework.Revisited{By: "phone", Performed: "yes"},
	casework.ActRate:               &casework.Rated{Satisfaction: "basic", Efficiency: "basic", Leader: "basic"},
	casework.ActClose:              &casework.Closed{Outcome: "已履行", Reply: "已告知"},
	casework.ActFail:               &casework.Failed{Reason: "谈不拢", Remedies: "可以起诉"},
	casework.ActReturn:             &casework.Returned{Reason: "不属本单位"},
	casework.ActEscalate:           &casework.Escalated{To: "441621", Reason: "涉及全县"},
	casework.ActDisputeCompetence:  &casework.CompetenceDisputed{With: "441621-rsj", Reason: "属劳动争议", To: "441621"},
	casework.ActRefuse:             &casework.Refused{Reason: "不属调解范围"},
	casework.ActReopen:             &casework.Reopened{Reason: "又起争执"},
	casework.ActSuspend:            suspend,
	casework.ActResume:             resume,
	casework.ActVoid:               &casework.Voided{Reason: "录错"},
	casework.ActAdvise:             &casework.Advised{Answer: "可以向法院起诉"},
	casework.ActTransfer:           &casework.Transferred{Referral: "05", Reason: "涉嫌治安案件"},
	casework.ActDecline:            &casework.Declined{Element: li, Reason: "要去法院"},
	casework.ActConsent:            &casework.Consented{Element: li},
	casework.ActStep:               &casework.Stepped{Step: "focus", Text: "争的是排水沟"},
	casework.ActRefer:              &casework.Referred{Referral: "01"},
	casework.ActTakeEffect:         &casework.TakenEffect{EffectiveOn: "2026-10-12"},
	casework.ActReply:              &casework.Replied{Reply: "已受理", Way: "phone"},
	casework.ActEntrust:            entrusted,
	casework.ActReportBack:         &casework.ReportedBack{Result: "success"},
	casework.ActReportMajor:        &casework.MajorReported{ReportedTo: "镇党委值班室", Way: "phone"},
}

var (
	applied   = &casework.ConfirmationApplied{Court: court, Jointly: "yes", Voluntary: "yes", Lawful: "yes", Clear: "yes"}
	entrusted = &casework.Entrusted{Court: court, Number: "（2026）粤1621诉前调1号", Stage: "before", ReceivedOn: "2026-10-12"}
)

// life is how a dispute comes to stand in each state.
var life = map[string][]casework.Action{
	"R": {}, "A": {casework.ActAccept}, "S": {casework.ActAccept, casework.ActAssign}, "H": {casework.ActAccept, casework.ActMediate},
	"G": {casework.ActAccept, casework.ActAgree}, "C": {casework.ActAccept, casework.ActAgree, casework.ActApplyConfirmation},
	"F": {casework.ActAccept, casework.ActMediate, casework.ActFail}, "V": {casework.ActSettleOnSpot},
	"X": {casework.ActSettleOnSpot, casework.ActClose}, "N": {casework.ActRefuse}, "O": {casework.ActVoid},
	"P": {casework.ActAccept, casework.ActSuspend}, "K": {casework.ActAdvise}, "T": {casework.ActTransfer},
}

func lifeOf(letter string) []casework.Event {
	events := []casework.Event{quarrel()}
	for _, a := range life[letter] {
		events = append(events, samples[a])
	}
	return events
}

var letters = map[string]casework.State{
	"R": casework.StateRegistered, "A": casework.StateAccepted, "S": casework.StateAssigned, "H": casework.StateHandling,
	"G": casework.StateAgreed, "C": casework.StateConfirming, "F": casework.StateFailed, "V": casework.StateResolved,
	"X": casework.StateClosed, "N": casework.StateRefused, "O": casework.StateVoided, "P": casework.StateSuspended,
	"K": casework.StateConsulted, "T": casework.StateTransferred,
}

// matrix says of every action of the dispute's own what it makes of a case in every
// state: the letter of the state after it, = where it stays, - where the state
// refuses it, ! where the case as it stands does.
const matrix = `
                     R A S H G C F V X N O P K T
accept               A - - - - - - - - - - - - -
settle_on_spot       V V - - - - - - - - - - - -
sign_for             - - H - - - - - - - - - - -
assign               - S - - - - S - - - - - - -
mediate              - H - = - - - - - - - - - -
agree                - G - G - - - - - - - - - -
perform              - - - - V V - - - - - - - -
apply_confirmation   - - - - C - - - - - - - - -
take_effect          - - - - = - - - - - - - - -
accept_confirmation  - - - - - = - - - - - - - -
confirmation         - - - - - G - - - - - - - -
breach               - - - - = - - - - - - - - -
contact              = = = = - - - - - - - = - -
revisit              - - - - - - = = = - - - - -
rate                 - - - - - - - = = - - - - -
close                - - - - - - X X - X - - - -
fail                 - - - F F - - - - - - - - -
return               - - A A - - - - - - - - - -
escalate             - = - A - - A - - - - - - -
dispute_competence   - = A A - - - - - - - - - -
refuse               N N - - - - - - - - - - - -
reopen               - - - - - - A A A A - - A A
suspend              - P P P - - - - - - - - - -
resume               - - - - - - - - - - - A - -
void                 O O O O O O O O - O - O - -
advise               K K - - - - - - - - - - - -
transfer             T T - T - - T - - T - - - -
decline              = = = = - - - - - - - - - -
consent              ! ! ! ! - - - - - - - - - -
step                 = = = = = = = = - - - - - -
refer                = = = = = - = - - = - - - -
reply                = = = = = = = = = = - = = =
entrust              = = = = - - - - - - - - - -
report_back          ! ! ! ! ! ! ! ! - ! - ! - -
report_major         ! ! ! ! ! ! ! ! - ! - ! - -
`

// Ensure that every action of a dispute does in every state what the matrix says,
// and that none is missing from it.
func TestDispute_Matrix(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(matrix), "\n")
	states := strings.Fields(lines[0])
	told := map[casework.Action]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		action := casework.Action(cells[0])
		told[action] = true
		for i, letter := range states {
			events := append(lifeOf(letter), samples[action])
			c := fold(history(events...)...)
			before := fold(history(events[:len(events)-1]...)...)
			if before.State != letters[letter] {
				t.Fatalf("the way to %s ends at %s: %s", letter, before.State, effects(before))
			}
			l := c.Timeline[len(c.Timeline)-1]
			want, why := letters[letter], casework.Why("")
			switch cell := cells[i+1]; cell {
			case "=":
			case "-":
				why = casework.WhyState
			case "!":
				why = map[casework.Action]casework.Why{casework.ActConsent: casework.WhyNotDeclined, casework.ActReportBack: casework.WhyNotEntrusted,
					casework.ActReportMajor: casework.WhyNotMajor}[action]
			default:
				want = letters[cell]
			}
			if c.State != want || l.Why != why || (l.Effect == casework.Applied) != (why == "") {
				t.Errorf("%s of a case %s: it is %s, %s %q; want %s, %q", action, letters[letter], c.State, l.Effect, l.Why, want, why)
			}
			if why == casework.WhyState && casework.Allowed(&before, alone, action, ix) != why {
				t.Errorf("%s of a case %s is offered", action, letters[letter])
			}
		}
	}
	table, _ := casework.TableOf(casework.Dispute)
	for _, s := range table.States {
		if s.State != casework.StateMerged && !slices.Contains(states, keyOf(letters, s.State)) { // TestMerge_EveryTable has it
			t.Errorf("the matrix has no state %s", s.State)
		}
	}
	for a := range samples {
		if faults := samples[a].Check(ix); len(faults) > 0 {
			t.Errorf("the sample of %s: %v", a, faults)
		}
		if !told[a] {
			t.Errorf("the matrix has no %s", a)
		}
	}
	for _, r := range table.Rules {
		if (r.Group == "" || r.Action == casework.ActEntrust || r.Action == casework.ActReportBack) && !told[r.Action] {
			t.Errorf("the matrix has no %s", r.Action)
		}
	}
}

func keyOf(m map[string]casework.State, s casework.State) string {
	for k, v := range m {
		if v == s {
			return k
		}
	}
	return ""
}

// Ensure that nobody mediates against a party's clear refusal, offline and late
// neither, until that party consents (人民调解法 art. 17).
func TestDispute_Declined_Art17(t *testing.T) {
	declined := append(lifeOf("A"), samples[casework.ActDecline])
	for _, tt := range []struct {
		event casework.Event
		why   casework.Why
	}{
		{samples[casework.ActMediate], casework.WhyDeclined},
		{samples[casework.ActAgree], casework.WhyDeclined},
		{samples[casework.ActSettleOnSpot], casework.WhyDeclined},
		{samples[casework.ActRefuse], ""},
		{samples[casework.ActRefer], ""},
		{samples[casework.ActTransfer], ""},
		{&casework.Consented{Element: li}, ""},
		{&casework.Consented{Element: zhang}, casework.WhyNotDeclined},
		{&casework.Declined{Element: nobody, Reason: "x"}, casework.WhyNoParty},
	} {
		c := fold(history(append(slices.Clone(declined), tt.event)...)...)
		if l := c.Timeline[len(c.Timeline)-1]; l.Why != tt.why {
			t.Errorf("%s: %q, want %q", tt.event.Kind(), l.Why, tt.why)
		}
	}
	c := fold(history(declined...)...)
	if why := casework.Allowed(&c, mediator1, casework.ActMediate, ix); why != casework.WhyDeclined {
		t.Errorf("mediation is offered: %q", why)
	}
	for _, lift := range []casework.Event{&casework.Consented{Element: li}, &casework.PartyRemoved{Element: li}} {
		c = fold(history(append(slices.Clone(declined), lift, samples[casework.ActMediate])...)...)
		if c.State != casework.StateHandling {
			t.Errorf("after %s: %s", lift.Kind(), effects(c))
		}
	}
	// Mediated without knowing of the refusal: contested, and no decision lifts it.
	late := append(history(declined...), entry(4, []int{2}, samples[casework.ActMediate]))
	c = fold(append(late, entry(5, []int{3, 4}, &casework.Settled{Entry: uid(4), Choice: "take"}))...)
	if c.State != casework.StateAccepted || effects(c) != "aaacc" {
		t.Errorf("taken against the refusal: %s, %s", c.State, effects(c))
	}
}

// Ensure that a court which asked for mediation sees the case and is told the result
// before it closes (特邀调解规定 art. 19, 21, 26).
func TestDispute_Entrusted(t *testing.T) {
	asked := []casework.Event{quarrel(), entrusted, &casework.Accepted{}}
	c := fold(history(asked...)...)
	if !c.Entrustment.Open() || !slices.Contains(casework.Recipients(&c, ix), court) {
		t.Fatalf("%+v goes to %v", c.Entrustment, casework.Recipients(&c, ix))
	}
	if running := limitsOf(&c); !slices.Equal(running, []catalogue.LimitCode{casework.LimitEntrusted, casework.LimitRoute}) {
		t.Errorf("accepted: %v run", running)
	}
	failed := append(asked, samples[casework.ActMediate], samples[casework.ActFail])
	for _, tt := range []struct {
		events []casework.Event
		why    casework.Why
	}{
		{append(slices.Clone(failed), samples[casework.ActClose]), casework.WhyEntrusted},
		{append(slices.Clone(failed), samples[casework.ActTransfer]), casework.WhyEntrusted},
		{append(slices.Clone(asked), samples[casework.ActAdvise]), casework.WhyEntrusted},
		{append(slices.Clone(asked), entrusted), casework.WhyEntrusted},
		{append(slices.Clone(failed), &casework.ReportedBack{Result: "failure", Returned: "yes"}, samples[casework.ActClose]), ""},
	} {
		c := fold(history(tt.events...)...)
		if l := c.Timeline[len(c.Timeline)-1]; l.Why != tt.why {
			t.Errorf("%v: %q, want %q", l.Kinds, l.Why, tt.why)
		}
	}
	c = fold(history(append(slices.Clone(failed), samples[casework.ActReopen])...)...)
	if !slices.Contains(limitsOf(&c), casework.LimitEntrusted) {
		t.Error("taken up again, the court's limit runs no more")
	}
	if faults := (&casework.ReportedBack{Result: "failure"}).Check(ix); len(faults) != 1 {
		t.Errorf("a failure without the papers: %v", faults)
	}
	court1 := casework.Person{User: "court1", Unit: court}
	c = fold(history(asked...)...)
	for action, want := range map[casework.Action]casework.Why{
		casework.ActNote: "", casework.ActStep: "", casework.ActMediate: casework.WhyRole, casework.ActReportBack: casework.WhyRole,
	} {
		if why := casework.Allowed(&c, court1, action, ix); why != want {
			t.Errorf("the court may %s: %q, want %q", action, why, want)
		}
	}
}

// Ensure that a dispute for which a court waits is not merged away from under it: what
// came of the mediation is reported first.
func TestMerge_Entrusted(t *testing.T) {
	other := casework.CaseID(nobody)
	events := []casework.Event{quarrel(), &casework.Accepted{}, entrusted, &casework.Merged{Into: other, Reason: "同一纠纷"}}
	c := fold(history(events...)...)
	if l, _ := c.Line(uid(4)); l.Why != casework.WhyEntrusted || running(&c, casework.LimitEntrusted) != 1 {
		t.Errorf("merged while a court waits: %s, %q", c.State, l.Why)
	}
	events[3] = &casework.ReportedBack{Result: "failure", Returned: "yes"}
	if c = fold(history(append(events, &casework.Merged{Into: other, Reason: "同一纠纷"})...)...); c.State != casework.StateMerged {
		t.Errorf("merged once it was reported back: %s", c.State)
	}
}

// labour is the category of labour disputes, which have a limit of their own.
const labour = "07"

// limitsOf are the limits that run, sorted.
func limitsOf(c *casework.Case) []catalogue.LimitCode {
	var out []catalogue.LimitCode
	for _, r := range casework.Limits(c, ix, start) {
		if !r.Stopped {
			out = append(out, r.Limit)
		}
	}
	slices.Sort(out)
	return out
}

// Ensure that a court's ruling makes an agreement enforceable, or lets the parties
// mediate anew or sue (民事诉讼法 2023 art. 206).
func TestDispute_Confirmation_Art206(t *testing.T) {
	confirming := lifeOf("C")
	for name, tt := range map[string]struct {
		then        []casework.Event
		state       casework.State
		enforceable bool
		why         casework.Why
		running     []catalogue.LimitCode
	}{
		"asked":                {nil, casework.StateConfirming, false, "", []catalogue.LimitCode{"court_accept", "perform"}},
		"taken up":             {[]casework.Event{&casework.ConfirmationAccepted{}}, casework.StateConfirming, false, "", []catalogue.LimitCode{"court_decide", "perform"}},
		"valid":                {[]casework.Event{&casework.Confirmed{Result: "valid", Ruling: "1"}}, casework.StateAgreed, true, "", []catalogue.LimitCode{"perform"}},
		"valid, enforced":      {[]casework.Event{&casework.Confirmed{Result: "valid", Ruling: "1"}, &casework.Breached{What: "x", Follow: "enforce"}}, casework.StateAgreed, true, "", []catalogue.LimitCode{"perform"}},
		"valid, asked again":   {[]casework.Event{&casework.Confirmed{Result: "valid", Ruling: "1"}, applied}, casework.StateAgreed, true, casework.WhyRuled, []catalogue.LimitCode{"perform"}},
		"rejected":             {[]casework.Event{&casework.Confirmed{Result: "rejected"}}, casework.StateAgreed, false, "", []catalogue.LimitCode{"perform"}},
		"rejected, enforced":   {[]casework.Event{&casework.Confirmed{Result: "rejected"}, &casework.Breached{What: "x", Follow: "enforce"}}, casework.StateAgreed, false, casework.WhyNotConfirmed, []catalogue.LimitCode{"perform"}},
		"rejected, anew":       {[]casework.Event{&casework.Confirmed{Result: "rejected", Follow: "remediate"}}, casework.StateHandling, false, "", []catalogue.LimitCode{"handle"}},
		"rejected, sued":       {[]casework.Event{&casework.Confirmed{Result: "rejected"}, &casework.Breached{What: "x", Follow: "sue"}, samples[casework.ActFail]}, casework.StateFailed, false, "", nil},
		"withdrawn, and again": {[]casework.Event{&casework.Confirmed{Result: "withdrawn"}, applied}, casework.StateConfirming, false, "", []catalogue.LimitCode{"court_accept", "perform"}},
		"withdrawn":            {[]casework.Event{&casework.Confirmed{Result: "withdrawn"}}, casework.StateAgreed, false, "", []catalogue.LimitCode{"confirm", "perform"}},
		"broken, anew, agreed": {[]casework.Event{&casework.Confirmed{Result: "valid", Ruling: "1"}, &casework.Breached{What: "x", Follow: "remediate"},
			samples[casework.ActAgree]}, casework.StateAgreed, false, "", []catalogue.LimitCode{"confirm", "perform"}},
		"performed meanwhile": {[]casework.Event{samples[casework.ActPerform]}, casework.StateResolved, false, "", []catalogue.LimitCode{"rate", "revisit"}},
		"in part meanwhile":   {[]casework.Event{&casework.Performed{Extent: "partial"}}, casework.StateConfirming, false, "", []catalogue.LimitCode{"court_accept", "perform"}},
	} {
		c := fold(history(append(slices.Clone(confirming), tt.then...)...)...)
		l := c.Timeline[len(c.Timeline)-1]
		if c.State != tt.state || c.Agreement.Enforceable() != tt.enforceable || l.Why != tt.why || !slices.Equal(limitsOf(&c), tt.running) {
			t.Errorf("%s: %s, enforceable %v, %q, %v run", name, c.State, c.Agreement.Enforceable(), l.Why, limitsOf(&c))
		}
	}
	if faults := (&casework.Confirmed{Result: "valid"}).Check(ix); len(faults) != 1 {
		t.Errorf("valid without a ruling: %v", faults)
	}
	if faults := (&casework.ConfirmationApplied{Court: court, Voluntary: "yes", Lawful: "yes", Clear: "yes"}).Check(ix); len(faults) != 1 || faults[0].Field != "jointly" {
		t.Errorf("one party alone: %v", faults)
	}
}

// Ensure that the law's clocks end on the law's days.
func TestDispute_Clocks(t *testing.T) {
	agree := func(form, on string) *casework.Agreed {
		return &casework.Agreed{Form: form, Agreement: "各让一步", EffectiveOn: on}
	}
	received := func(on, due string) *casework.Entrusted {
		e := *entrusted
		e.ReceivedOn, e.Due = on, due
		return &e
	}
	accept := &casework.Accepted{}
	for name, tt := range map[string]struct {
		when   string // of the last event
		events []casework.Event
		limit  catalogue.LimitCode
		last   string // the last day that counts
	}{
		"人民调解法 art. 29, 33: thirty days from the day on which a written one took effect": {"2026-10-20 10:00",
			[]casework.Event{accept, agree("written", "2026-10-12")}, casework.LimitConfirm, "2026-11-11"},
		"人民调解法 art. 29, 33: signed and sealed after it was recorded": {"2026-10-20 10:00",
			[]casework.Event{accept, agree("written", ""), &casework.TakenEffect{EffectiveOn: "2026-10-19"}}, casework.LimitConfirm, "2026-11-18"},
		"人民调解法 art. 30, 33: an oral one took effect when it was reached": {"2026-10-20 10:00",
			[]casework.Event{accept, agree("oral", "")}, casework.LimitConfirm, "2026-11-19"},
		"人民调解法 art. 33: settled on the spot, performed later": {"2026-10-20 10:00",
			[]casework.Event{&casework.SettledOnSpot{Agreement: "下月付清", Extent: "later"}}, casework.LimitConfirm, "2026-11-19"},
		"民事诉讼法 art. 85: the last day is a holiday": {"2026-09-02 10:00",
			[]casework.Event{accept, agree("written", "2026-09-01")}, casework.LimitConfirm, "2026-10-08"},
		"民事诉讼法 art. 85: the last day is a Sunday after the month's end": {"2025-02-03 10:00",
			[]casework.Event{accept, agree("written", "2025-01-31")}, casework.LimitConfirm, "2025-03-03"},
		"民事诉讼法 art. 85: the last day is a leap day": {"2024-01-31 10:00",
			[]casework.Event{accept, agree("written", "2024-01-30")}, casework.LimitConfirm, "2024-02-29"},
		"民事诉讼法 art. 85: a swapped Sunday is worked": {"2026-08-21 10:00",
			[]casework.Event{accept, agree("written", "2026-08-21")}, casework.LimitConfirm, "2026-09-20"},
		"人民调解法 art. 33: late in the evening, at the county": {"2026-10-12 23:59",
			[]casework.Event{accept, agree("oral", "")}, casework.LimitConfirm, "2026-11-11"},
		"特邀调解规定 art. 27: thirty days from the day on which the papers were signed for": {"2026-10-20 10:00",
			[]casework.Event{received("2026-10-12", "")}, casework.LimitEntrusted, "2026-11-11"},
		"特邀调解规定 art. 27, 民事诉讼法 art. 85: over National Day": {"2026-09-02 10:00",
			[]casework.Event{received("2026-09-02", "")}, casework.LimitEntrusted, "2026-10-08"},
		"特邀调解规定 art. 27: the court set fifteen days": {"2026-10-20 10:00",
			[]casework.Event{received("2026-10-12", "2026-10-27")}, casework.LimitEntrusted, "2026-10-27"},
		"在线调解规则: three worked days to accept": {"2026-09-30 10:00",
			[]casework.Event{received("2026-09-30", "")}, casework.LimitEntrustAccept, "2026-10-10"},
		"司法确认规定 art. 4: three days to take it up": {"2026-09-30 10:00",
			[]casework.Event{accept, agree("oral", ""), applied}, casework.LimitCourtAccept, "2026-10-08"},
		"司法确认规定 art. 5: fifteen days to decide": {"2026-10-12 10:00",
			[]casework.Event{accept, agree("oral", ""), applied, &casework.ConfirmationAccepted{}}, casework.LimitCourtDecide, "2026-10-27"},
	} {
		entries := history(append([]casework.Event{quarrel()}, tt.events...)...)
		for i := range entries {
			entries[i] = done(t, tt.when, entries[i])
		}
		c := fold(entries...)
		limits := casework.Limits(&c, ix, local(t, tt.when))
		i := slices.IndexFunc(limits, func(r casework.Running) bool { return r.Limit == tt.limit && !r.Stopped })
		if i < 0 {
			t.Errorf("%s: %s does not run: %s", name, tt.limit, effects(c))
			continue
		}
		if last := ix.Calendar().LastDay(limits[i].Due).Format(time.DateOnly); last != tt.last {
			t.Errorf("%s: the last day is %s, want %s", name, last, tt.last)
		}
	}
}

// Ensure that the thirty days for a confirmation, which nobody must ask for, make no
// case overdue.
func TestOverall_Rights(t *testing.T) {
	c := fold(history(quarrel(), &casework.Accepted{}, &casework.Agreed{Form: "oral", Agreement: "各让一步", Due: "2027-06-30"})...)
	if r, ok := casework.Overall(&c, ix, start.AddDate(0, 4, 0)); !ok || r.Limit != casework.LimitPerform || r.Light != casework.Green {
		t.Errorf("%v %s %s", ok, r.Limit, r.Light)
	}
}

// Ensure that performance is awaited instalment by instalment.
func TestDispute_Instalments(t *testing.T) {
	agreed := append(lifeOf("A"), &casework.Agreed{Form: "written", Agreement: "分三期付", Due: "2027-03-31",
		Instalments: "2027-01-01 500\n2026-12-01 500.00\n2027-02-01 500"})
	pay := func(n int) *casework.Performed { return &casework.Performed{Extent: "partial", Instalment: n} }
	for name, tt := range map[string]struct {
		then  []casework.Event
		state casework.State
		due   string
		why   casework.Why
	}{
		"none":            {nil, casework.StateAgreed, "2026-12-01", ""},
		"the first":       {[]casework.Event{pay(1)}, casework.StateAgreed, "2027-01-01", ""},
		"the second only": {[]casework.Event{pay(2)}, casework.StateAgreed, "2026-12-01", ""},
		"twice":           {[]casework.Event{pay(1), pay(1)}, casework.StateAgreed, "2027-01-01", ""},
		"all three":       {[]casework.Event{pay(1), pay(2), pay(3)}, casework.StateAgreed, "2027-03-31", ""},
		"some of it":      {[]casework.Event{pay(0)}, casework.StateAgreed, "2026-12-01", ""},
		"a fourth":        {[]casework.Event{pay(4)}, casework.StateAgreed, "2026-12-01", casework.WhyNoInstalment},
		"in full":         {[]casework.Event{pay(1), &casework.Performed{Extent: "full"}}, casework.StateResolved, "", ""},
	} {
		c := fold(history(append(slices.Clone(agreed), tt.then...)...)...)
		due := ""
		for _, k := range c.Clocks {
			if k.Limit == casework.LimitPerform && k.Stop.IsZero() {
				due += k.Due
			}
		}
		if l := c.Timeline[len(c.Timeline)-1]; c.State != tt.state || due != tt.due || l.Why != tt.why {
			t.Errorf("%s: %s, due %q, %q", name, c.State, due, l.Why)
		}
	}
	// What was late stays seen after it was paid.
	late := history(append(agreed, pay(1))...)
	late[3] = done(t, "2026-12-20 09:00", late[3])
	c := fold(late...)
	red := slices.ContainsFunc(casework.Limits(&c, ix, local(t, "2026-12-21 09:00")), func(r casework.Running) bool {
		return r.Limit == casework.LimitPerform && r.Stopped && r.Light == casework.Red
	})
	if !red {
		t.Error("the late instalment left no red light")
	}
}

// Ensure that days of a plan that are typed as in other fields of dates are written out
// in full, and that all else stays as it was typed.
func TestFullInstalments(t *testing.T) {
	evening := time.Date(2026, 11, 28, 21, 30, 0, 0, time.UTC)
	for _, tt := range [][2]string{
		{"", ""},
		{"12.5 500", "2026-12-05 500"},
		{"12月5日 500\n3.5 500", "2026-12-05 500\n2027-03-05 500"},
		{"明天 500; 下月3号，500元；１２／１０ 500", "2026-11-29 500; 2026-12-03，500元；2026-12-10 500"},
		{"11.28 500", "2026-11-28 500"}, // today, in the evening too
		{"2026-12-01 500.00\n  20270101\t500", "2026-12-01 500.00\n  2027-01-01\t500"},
		{"下个月 500\n500", "下个月 500\n500"},
		{"13.40 500", "13.40 500"},
	} {
		if got := casework.FullInstalments(tt[0], evening); got != tt[1] {
			t.Errorf("%q: %q", tt[0], got)
		}
		if again := casework.FullInstalments(tt[1], evening.AddDate(0, 6, 0)); again != tt[1] {
			t.Errorf("%q was written out once more: %q", tt[1], again)
		}
	}
}

// Ensure that a plan is read as people type it, and its faults say where.
func TestReadInstalments(t *testing.T) {
	for _, tt := range []struct {
		plan string
		want string
		line int // of the fault; 0: none
	}{
		{"", "", 0},
		{"2026-12-01 500.00", "2026-12-01 500.00", 0},
		{"2026-12-01 500\r\n\r\n2026-11-01\t300元\n", "2026-11-01 300; 2026-12-01 500", 0},
		{"2026-12-01，500；2027-01-01,500;", "2026-12-01 500; 2027-01-01 500", 0},
		{"2026-12-01\u3000500", "2026-12-01 500", 0},
		{"2026-12-01 500\n下个月 500", "2026-12-01 500", 2},
		{"2026-12-01", "", 1},
		{"2026-02-30 500", "", 1},
		{"2026-12-01 五百", "", 1},
		{"2026-12-01 500.123", "", 1},
		{"2026-12-01 500 现金", "", 1},
		{strings.Repeat("2026-12-01 1\n", 61), strings.TrimSuffix(strings.Repeat("2026-12-01 1; ", 60), "; "), 61},
	} {
		parts, fault := casework.ReadInstalments(tt.plan)
		var got []string
		for _, p := range parts {
			got = append(got, p.On+" "+p.Amount)
		}
		if strings.Join(got, "; ") != tt.want || fault.Limit != tt.line || (tt.line > 0) != (fault.Problem == casework.BadPlan) {
			t.Errorf("%q: %q, fault %+v", tt.plan, got, fault)
		}
	}
	bad := &casework.Agreed{Form: "oral", Agreement: "x", Instalments: "明天给"}
	if faults := bad.Check(ix); len(faults) != 1 || faults[0].Field != "instalments" {
		t.Errorf("faults %v", faults)
	}
}

// Ensure that the first contact is the earliest that was stated or recorded.
func TestFirstContact(t *testing.T) {
	for name, tt := range map[string]struct {
		contacts []casework.Event
		want     string
	}{
		"none":               {nil, ""},
		"recorded":           {[]casework.Event{&casework.Contacted{}}, "2026-10-12 11:00"},
		"stated":             {[]casework.Event{&casework.Contacted{At: "2026-10-12 09:30"}}, "2026-10-12 09:30"},
		"stated elsewhere":   {[]casework.Event{&casework.Contacted{At: "2026-10-12T01:30:00Z"}}, "2026-10-12 09:30"},
		"the earlier counts": {[]casework.Event{&casework.Contacted{}, &casework.Contacted{At: "2026-10-11 20:00"}, &casework.Contacted{}}, "2026-10-11 20:00"},
		"nonsense":           {[]casework.Event{&casework.Contacted{At: "早上"}}, "2026-10-12 11:00"},
	} {
		c := fold(history(append([]casework.Event{quarrel()}, tt.contacts...)...)...)
		got := ""
		if at, ok := casework.FirstContact(&c, ix); ok {
			got = at.In(start.Location()).Format("2006-01-02 15:04")
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// Ensure that what a court would not take up or would refuse is said beforehand
// (民诉解释 art. 355, 358).
func TestConfirmationWarnings_Art355(t *testing.T) {
	checks := []casework.Warning{casework.WarnCourt, casework.WarnSpecial, casework.WarnVoluntary, casework.WarnLawful, casework.WarnClear}
	for category, want := range map[string][]casework.Warning{
		"0201": nil, "0101": {casework.WarnStatus}, "0102": {casework.WarnStatus}, "0103": nil, "0403": {casework.WarnTitle},
		"0401": nil, "0402": nil, "0901": {casework.WarnTitle}, "0902": {casework.WarnTitle}, "0904": {casework.WarnTitle}, "0999": nil, "1001": {casework.WarnTitle}, "1002": nil, "1101": {casework.WarnNotCivil}, "0601": nil,
	} {
		r := quarrel()
		r.Fields[casework.FieldCategory] = category
		c := fold(history(r, &casework.Accepted{}, samples[casework.ActAgree])...)
		if got := casework.ConfirmationWarnings(&c, ix); !slices.Equal(got, append(slices.Clone(want), checks...)) {
			t.Errorf("%s: %v", category, got)
		}
	}
	c := fold(history(quarrel(), &casework.Accepted{}, &casework.Agreed{Form: "oral", Agreement: "以后再说"})...)
	if got := casework.Warnings(&c, casework.ActApplyConfirmation, ix, start); !slices.Contains(got, casework.WarnNoDue) {
		t.Errorf("no day: %v", got)
	}
	if got := casework.Warnings(&c, casework.ActClose, ix, start); !slices.Equal(got, []casework.Warning{casework.WarnNoReply}) {
		t.Errorf("nobody was told: %v", got)
	}
	c = fold(history(quarrel(), samples[casework.ActReply])...)
	if got := casework.Warnings(&c, casework.ActClose, ix, start); len(got) != 0 {
		t.Errorf("told: %v", got)
	}
}

// Ensure that a court acts on what it was asked for and on nothing else, and that a
// grid worker records what she sees without deciding.
func TestDispute_Authority(t *testing.T) {
	court1, court2 := casework.Person{User: "court1", Unit: court}, casework.Person{User: "court2", Unit: "441621-fy"}
	center1 := casework.Person{User: "center1", Unit: "441621102"}
	leader1 := casework.Person{User: "leader1", Unit: "441621"}
	place := quarrel()
	place.Fields[casework.FieldDivision] = "441621102901"
	at := func(letter string) casework.Case {
		entries := history(append([]casework.Event{place}, lifeOf(letter)[1:]...)...)
		entries[0] = by(grid1, entries[0])
		return fold(entries...)
	}
	for _, tt := range []struct {
		state  string
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{"C", court1, casework.ActConfirmation, ""},
		{"C", court1, casework.ActAcceptConfirmation, ""},
		{"C", court2, casework.ActConfirmation, casework.WhyNotYourUnit},
		{"C", mediator1, casework.ActConfirmation, ""},
		{"C", grid1, casework.ActConfirmation, casework.WhyRole},
		{"C", court1, casework.ActPerform, casework.WhyNotYourUnit},
		{"G", court1, casework.ActApplyConfirmation, casework.WhyRole},
		{"G", mediator1, casework.ActApplyConfirmation, ""},
		{"G", center1, casework.ActApplyConfirmation, ""},
		{"G", mediator2, casework.ActApplyConfirmation, casework.WhyNotYourUnit},
		{"G", grid1, casework.ActBreach, ""},
		{"A", mediator1, casework.ActEntrust, ""},
		{"A", court1, casework.ActEntrust, casework.WhyNotYourUnit},
		{"A", grid1, casework.ActEntrust, casework.WhyRole},
		{"A", grid1, casework.ActDecline, ""},
		{"A", grid1, casework.ActAdvise, ""},
		{"A", grid2, casework.ActAdvise, casework.WhyNotYourUnit},
		{"A", grid1, casework.ActTransfer, casework.WhyRole},
		{"A", mediator1, casework.ActTransfer, ""},
		{"A", leader1, casework.ActReply, casework.WhyReadsOnly},
	} {
		c := at(tt.state)
		if why := casework.Allowed(&c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s at %s: %q, want %q", tt.who.User, tt.action, c.State, why, tt.why)
		}
	}
	// Who was called out is a guest, and no court for that.
	bureau3 := casework.Person{User: "bureau3", Unit: "441621-rsj"}
	for letter, actions := range map[string][]casework.Action{"C": {casework.ActConfirmation, casework.ActAcceptConfirmation}, "A": {casework.ActEntrust}} {
		c := at(letter)
		c.Joined = append(slices.Clone(c.Joined), bureau3.Unit)
		for _, a := range actions {
			if why := casework.Allowed(&c, bureau3, a, ix); why != casework.WhyRole {
				t.Errorf("a guest that is no court may %s: %q", a, why)
			}
		}
	}
	// A unit that does not exist is nobody to ask.
	c := at("G")
	ghost := *applied
	ghost.Court = "nowhere"
	if why := casework.Targets(&c, []casework.Hand{c.Hand()}, &ghost, ix); why != casework.WhyNoCourt {
		t.Errorf("asked nobody: %q", why)
	}
	// Nor is a unit without a judge a court, for an application or a request.
	for unit, want := range map[catalogue.UnitID]casework.Why{court: "", "441621-fy": "", "": "", "441621-zjj": casework.WhyNoCourt, "441621102": casework.WhyNoCourt} {
		for _, ev := range []casework.Event{&casework.ConfirmationApplied{Court: unit, CourtName: "x"}, &casework.Entrusted{Court: unit}} {
			if why := casework.Targets(&c, []casework.Hand{c.Hand()}, ev, ix); why != want {
				t.Errorf("%s: %s as a court: %q, want %q", ev.Kind(), unit, why, want)
			}
		}
	}
	named, both, none := *applied, *applied, *applied
	named.Court, named.CourtName, both.CourtName, none.Court = "", "博罗县人民法院", "博罗县人民法院", ""
	for faults, ev := range map[int][]*casework.ConfirmationApplied{0: {&named, applied}, 1: {&both, &none}} {
		for _, v := range ev {
			if got := v.Check(ix); len(got) != faults {
				t.Errorf("court %q, named %q: %v", v.Court, v.CourtName, got)
			}
		}
	}
	c = fold(history(append(slices.Clone(lifeOf("G")), &named)...)...)
	if c.Agreement.Confirmation.CourtName != named.CourtName || c.State != casework.StateConfirming {
		t.Errorf("asked a court outside: %s, %+v", c.State, c.Agreement.Confirmation)
	}
}

// 人民调解法 art. 33, 民事诉讼法 2023 art. 205: thirty days from when the agreement took
// effect, the last of them a worked day (art. 85), and judged by the day on which the
// court was asked, not by that on which it was recorded.
func TestDispute_ConfirmationTerm_Art33(t *testing.T) {
	agreed := func(on string) []casework.Entry {
		return []casework.Entry{done(t, "2026-08-01 09:00", entry(1, nil, quarrel())), done(t, "2026-08-01 10:00", entry(2, []int{1}, &casework.Accepted{})),
			by(mediator1, done(t, on+" 11:00", entry(3, []int{2}, &casework.Agreed{Form: "written", Agreement: "各让一步", EffectiveOn: on})))}
	}
	for _, tt := range []struct {
		agreed, applied, recorded string
		why                       casework.Why
	}{
		{"2026-10-12", "", "2026-11-11", ""},
		{"2026-10-12", "", "2026-11-12", casework.WhyConfirmOver},
		{"2026-10-12", "2026-11-11", "2026-11-20", ""},
		{"2026-10-12", "2026-11-12", "2026-11-20", casework.WhyConfirmOver},
		{"2026-09-03", "2026-10-08", "2026-10-08", ""}, // the thirtieth day lies in National Day
		{"2026-09-03", "2026-10-09", "2026-10-09", casework.WhyConfirmOver},
	} {
		entries := agreed(tt.agreed)
		c := fold(entries...)
		apply := *applied
		apply.AppliedOn = tt.applied
		if why := casework.Fits(&c, &apply, tt.recorded, ix); why != tt.why {
			t.Errorf("%+v: %q", tt, why)
		}
		e := by(mediator1, done(t, tt.recorded+" 16:00", entry(4, []int{3}, &apply)))
		if why := casework.Judge(&c, &e, ix); why != tt.why {
			t.Errorf("%+v: at admission %q", tt, why)
		}
		c = fold(append(entries, e)...)
		for _, r := range casework.Limits(&c, ix, e.Wall) {
			if r.Limit == casework.LimitConfirm && (r.Light == casework.Red) != (tt.why != "") {
				t.Errorf("%+v: the thirty days are %s", tt, r.Light)
			}
			if day := r.Start.In(start.Location()).Format("2006-01-02"); r.Limit == casework.LimitCourtAccept && tt.applied != "" && day != tt.applied {
				t.Errorf("%+v: the court's days count from %s", tt, day)
			}
		}
	}
}

// 劳动争议调解仲裁法 art. 14: fifteen days from the application, however long it takes to
// accept, hand on and mediate; other disputes have no such limit.
func TestDispute_Labour_Art14(t *testing.T) {
	at := func(category string, then ...casework.Event) casework.Case {
		r := quarrel()
		r.Fields[casework.FieldCategory] = category
		entries := history(append([]casework.Event{r}, then...)...)
		for i := range entries {
			entries[i] = done(t, "2026-10-"+[]string{"12", "14", "20"}[i]+" 10:00", entries[i])
		}
		return fold(entries...)
	}
	now := local(t, "2026-10-20 12:00")
	for name, tt := range map[string]struct {
		c    casework.Case
		last string // of the fifteen days; empty: they do not run
		row  catalogue.LimitCode
	}{
		"asked for":                    {at("0701"), "2026-10-27", casework.LimitTriage},
		"in hand":                      {at("0701", &casework.Accepted{}, samples[casework.ActMediate]), "2026-10-27", casework.LimitLabour},
		"agreed":                       {at("0701", &casework.Accepted{}, samples[casework.ActAgree]), "", ""},
		"refused":                      {at("0701", &casework.Refused{Reason: "已申请仲裁"}), "", ""},
		"asked for once more":          {at("0701", &casework.Refused{Reason: "已申请仲裁"}, &casework.Reopened{Reason: "撤回仲裁申请，再次申请调解"}), "2026-11-04", casework.LimitRoute},
		"a quarrel of neighbours":      {at("0201", &casework.Accepted{}, samples[casework.ActMediate]), "", casework.LimitHandle},
		"found to be one of labour":    {at("0201", &casework.Accepted{}, amend(casework.FieldCategory, "0702")), "2026-10-27", casework.LimitRoute},
		"suspended: the law waits not": {at("0701", &casework.Accepted{}, suspend), "2026-10-27", casework.LimitLabour},
	} {
		last := ""
		for _, r := range casework.Limits(&tt.c, ix, now) {
			if r.Limit == casework.LimitLabour && !r.Stopped {
				last = ix.Calendar().LastDay(r.Due).Format(time.DateOnly)
			}
		}
		if last != tt.last {
			t.Errorf("%s: the last day is %q, want %q", name, last, tt.last)
		}
		if r, _ := casework.Overall(&tt.c, ix, now); tt.row != "" && r.Limit != tt.row {
			t.Errorf("%s: the row shows %s", name, r.Limit)
		}
	}
}

// Ensure that an agreement that was reached on the spot and is performed later has no
// revisit and no rating among its limits, which would be told as done, and that they begin
// when it has been performed.
func TestFold_SettledOnSpotLater(t *testing.T) {
	entries := history(quarrel(), &casework.SettledOnSpot{Agreement: "下月付清", Extent: "later"}, &casework.Performed{Extent: "full"})
	count := func(c casework.Case) (n int) {
		for _, k := range c.Clocks {
			if k.Limit == casework.LimitRevisit || k.Limit == casework.LimitRate {
				n++
			}
		}
		return n
	}
	if c := fold(entries[:2]...); c.State != casework.StateAgreed || count(c) != 0 {
		t.Errorf("after the agreement: %s, %v", c.State, c.Clocks)
	}
	if c := fold(entries...); c.State != casework.StateResolved || count(c) != 2 {
		t.Errorf("after the performance: %s, %v", c.State, c.Clocks)
	}
}
