package casework

import (
	"cmp"
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Limits of ways outside the platform that a party is told of: nothing here starts
// them, and what comes of them is not ours. For which categories a way is open, the
// catalogue's rows say.
const (
	LimitLabourArbitration catalogue.LimitCode = "labour_arbitration" // 劳动争议调解仲裁法 art. 27
	LimitLabourAward       catalogue.LimitCode = "labour_award"       // art. 43
	LimitLandArbitration   catalogue.LimitCode = "land_arbitration"   // 农村土地承包经营纠纷调解仲裁法 art. 18
	LimitAskAdminReview    catalogue.LimitCode = "ask_admin_review"   // 行政复议法 art. 20
	LimitAdminReview       catalogue.LimitCode = "admin_review"       // art. 62
	LimitAskAdminSuit      catalogue.LimitCode = "ask_admin_suit"     // 行政诉讼法 art. 46
	LimitAskEnforcement    catalogue.LimitCode = "ask_enforcement"    // 民事诉讼法 (2023) art. 250
)

// Way is where a party can go without a term that runs.
type Way string

// The ways. Those of a petition that is split out are the routes of its event.
const (
	WayCourt        Way = "lawsuit"        // 向人民法院起诉
	WayGovernment   Way = "government"     // 权属争议由人民政府处理
	WayPayOrder     Way = "payment_order"  // 申请支付令
	WayMediateAgain Way = "mediate_again"  // 变更协议或者重新调解
	WayApplyAgain   Way = "apply_again"    // 重新申请调解
	WayCompetent    Way = "competent"      // 向有权处理的机关、单位提出
	WayEnd          Way = "end"            // 信访到此终结
	WayPolice       Way = "police"         // 向公安机关提出
	WayProcuracy    Way = "procuratorate"  // 向人民检察院提出
	WayArbitration  Way = "arbitration"    // 申请仲裁
	WayOrgan        Way = "administrative" // 依行政程序向主管机关提出
	WayDiscipline   Way = "discipline"     // 向纪检监察机关提出
)

// administrative is the category of what organs decide: 行政执法. Whatever a delegated
// matter is about, its decision is one.
const administrative = "13"

// titles are the categories in which the quarrel may be about title to land, woods or
// water: that is for the government first (土地管理法 art. 14, from memory).
var titles = []string{"0902", "0903", "0904"}

// ways are those limits that are open where mediation came to nothing, each with how long
// an answer then takes. Where one is instead of a civil suit, or before it, the parties are
// not sent to the court at once.
var ways = []struct {
	ask, answer catalogue.LimitCode
	instead     bool
}{
	{LimitLabourArbitration, LimitLabourAward, true},
	{LimitLandArbitration, "", false}, // or the court (农村土地承包经营纠纷调解仲裁法 art. 4)
	{LimitAskAdminReview, LimitAdminReview, true},
	{LimitAskAdminSuit, "", true},
}

// Outside returns the limits that parties are told of and that nothing here starts.
func Outside() []catalogue.LimitCode {
	return limits{LimitLabourArbitration, LimitLabourAward, LimitLandArbitration, LimitAskAdminReview, LimitAdminReview,
		LimitAskAdminSuit, LimitAskEnforcement}
}

// Step is what a party can do next outside the platform, and until when: either a Limit
// with its last day, or a Way without one.
type Step struct {
	Limit  catalogue.LimitCode
	Way    Way
	Told   time.Time      // when the party was told
	Last   time.Time      // 0:00 of the last day, counted from the day on which it was told
	Answer catalogue.Span // how long an answer then takes; empty: no limit is known
	Source string         // the article
}

// NextSteps returns what the parties can do elsewhere as the case stands: where mediation
// failed, was refused or was withdrawn (人民调解法 art. 26: they are told of it), an
// agreement is not kept or not confirmed, a petition was answered or not taken up, an organ
// decided. The law may let a term begin on another day, such as that on which the right was
// known to be infringed; so the day is what they are told, and no promise.
func NextSteps(c *Case, ix Lookup) []Step {
	w := &wayfinder{c: c, ix: ix}
	switch c.Matter {
	case Dispute:
		w.dispute()
	case Petition:
		w.petition()
	case Delegated:
		w.matter()
	case PublicInterest:
		w.clock(LimitCivilNotice) // until then organs and organisations may sue (解释 art. 13)
	}
	return w.out
}

type wayfinder struct {
	c   *Case
	ix  Lookup
	out []Step
}

// since returns when one of the actions was done last; zero: never.
func (w *wayfinder) since(actions ...Action) time.Time {
	var at time.Time
	for _, l := range w.c.Timeline {
		if l.Effect == Applied && slices.ContainsFunc(actions, func(a Action) bool { return slices.Contains(l.Kinds, string(a)) }) {
			at = l.At
		}
	}
	return at
}

// tell adds a way without a term.
func (w *wayfinder) tell(way Way, at time.Time, source string) {
	w.out = append(w.out, Step{Way: way, Told: at, Source: source})
}

// open adds a limit that a party has from a moment on; false: not in this category.
func (w *wayfinder) open(l, answer catalogue.LimitCode, category string, from time.Time) bool {
	ask, ok := w.ix.LimitAt(l, category, w.ix.Version())
	if !ok || ask.Span.N <= 0 {
		return false
	}
	cal := w.ix.Calendar()
	due := cal.Add(from, ask.Span)
	if ask.Roll {
		due = cal.Roll(due)
	}
	takes, _ := w.ix.LimitAt(answer, category, w.ix.Version())
	w.out = append(w.out, Step{Limit: l, Told: from, Last: cal.LastDay(due), Answer: takes.Span, Source: ask.Source})
	return true
}

// clock adds a limit of the party that runs on the case itself.
func (w *wayfinder) clock(l catalogue.LimitCode) {
	category := w.c.Value(FieldCategory)
	for _, k := range w.c.Clocks {
		limit, _ := w.ix.LimitAt(l, category, k.Catalogue)
		if r, ok := runningOf(k, category, w.ix, k.Start); ok && k.Limit == l && !r.Stopped {
			w.out = append(w.out, Step{Limit: l, Told: k.Start, Last: w.ix.Calendar().LastDay(r.Due), Source: limit.Source})
		}
	}
}

func (w *wayfinder) dispute() {
	c := w.c
	switch c.State {
	case StateFailed:
		w.elsewhere(w.since(ActFail), "人民调解法第二十六条")
	case StateRefused:
		w.elsewhere(w.since(ActRefuse), "人民调解工作若干规定第二十四条（待核对）")
	case StateTransferred:
		w.elsewhere(w.since(ActTransfer), "")
	case StateVoided:
		w.tell(WayApplyAgain, w.since(ActVoid), "人民调解法第十七条")
	case StateAgreed:
		w.agreement()
	}
}

// elsewhere adds what is open where mediation came to nothing: the ways of the category,
// and the court unless they come before it. Whoever was sent elsewhere, with no source
// for the court, has been told where.
func (w *wayfinder) elsewhere(at time.Time, court string) {
	if at.IsZero() {
		return
	}
	instead := court == ""
	for _, way := range ways {
		if w.open(way.ask, way.answer, w.c.Value(FieldCategory), at) && way.instead {
			instead = true
		}
	}
	if !instead && slices.Contains(titles, w.c.Value(FieldCategory)) {
		w.tell(WayGovernment, at, "土地管理法第十四条（待核对）")
	}
	if !instead {
		w.tell(WayCourt, at, court)
	}
}

// agreement adds what is open where the agreement is not kept, or no court confirmed it.
func (w *wayfinder) agreement() {
	a := &w.c.Agreement
	ruled := w.since(ActConfirmation)
	switch broken := w.since(ActBreach); {
	case broken.Before(a.At) || broken.IsZero():
	case a.Enforceable():
		w.open(LimitAskEnforcement, "", "", w.performable(cmp.Or(a.Confirmation.RuledOn, Day(broken, w.ix)), broken))
		return
	case under(w.ix, w.c.Value(FieldCategory), categoryLabour):
		w.open(LimitLabourArbitration, LimitLabourAward, w.c.Value(FieldCategory), broken) // art. 15
		w.tell(WayPayOrder, broken, "劳动争议调解仲裁法第十六条")
		return
	default:
		w.tell(WayCourt, broken, "人民调解法第三十二条")
		return
	}
	switch a.Confirmation.Result {
	case "rejected":
		w.tell(WayMediateAgain, ruled, "民事诉讼法（2023）第二百零六条")
		w.tell(WayCourt, ruled, "民事诉讼法（2023）第二百零六条")
	case "not_accepted":
		w.clock(LimitConfirm)
		w.tell(WayCourt, ruled, "人民调解法第三十二条")
	case "withdrawn":
		w.clock(LimitConfirm)
	}
}

// performable is the last day for performing the agreement, from which the time to ask
// for enforcement counts; else the day given.
func (w *wayfinder) performable(day string, or time.Time) time.Time {
	a := &w.c.Agreement
	if n := len(a.Instalments); n > 0 {
		day = a.Instalments[n-1].On
	} else if a.Due != "" {
		day = a.Due
	}
	return noon(day, or)
}

func (w *wayfinder) petition() {
	c := w.c
	switch c.State {
	case StateOpined:
		w.clock(LimitPetitionAskReview)
	case StateReviewed:
		w.clock(LimitPetitionAskRecheck)
	case StateFinal:
		w.tell(WayEnd, w.since(ActRecheck), "信访工作条例第三十六条")
	case StateRefused:
		if again := c.ActsOf(ActRefuseRepeat); len(again) == 0 {
			w.tell(WayCompetent, w.since(ActRefuse), "信访工作条例第二十三条（待核对）")
		} else if again[len(again)-1].Words["ground"] == "ended" {
			w.tell(WayEnd, w.since(ActRefuseRepeat), "信访工作条例第三十六条")
		}
	case StateSplitOut:
		if out := c.ActsOf(ActSplitOut); len(out) > 0 {
			split := out[len(out)-1]
			w.tell(Way(split.Words["route"]), noon(split.Words["told_on"], w.since(ActSplitOut)), "信访工作条例第二十八条、第三十一条")
		}
	}
}

// matter adds what is open against what an organ decided: review, or the court at once
// where the law does not ask for a review first; against doing nothing, review alone
// (行政复议法 art. 23, from memory).
func (w *wayfinder) matter() {
	c := w.c
	if c.State == StateRefused {
		w.open(LimitAskAdminReview, LimitAdminReview, administrative, w.since(ActRefuse))
		return
	}
	acts := c.ActsOf(ActDecide)
	if len(acts) == 0 || c.State != StateResolved && c.State != StateClosed {
		return
	}
	said := acts[len(acts)-1].Words
	if said["decision"] != "penalty" && said["decision"] != "enforcement" {
		return
	}
	from := noon(cmp.Or(said["served_on"], said["decided_on"]), w.since(ActDecide))
	w.open(LimitAskAdminReview, LimitAdminReview, administrative, from)
	w.open(LimitAskAdminSuit, "", administrative, from)
}
