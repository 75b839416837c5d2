// Package work makes the work that benchmarks measure: cases as a town's
// mediator writes them, from a fixed seed. Ten thousand cases are about 65,000
// entries with some 550 characters of text a case.
package work

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// The people of the benchmarks and their town.
const (
	Town   catalogue.DivisionCode = "441621102"
	Writer catalogue.UserID       = "mediator1"
	Reader catalogue.UserID       = "mediator90" // of the same town
)

// Catalogue is the sample with a second mediator in the town.
func Catalogue() catalogue.Catalogue {
	c := sample.Catalogue()
	c.People = append(c.People, catalogue.Person{User: Reader, Name: "何样九",
		Units: []catalogue.UnitID{catalogue.UnitID(Town)}, Roles: []catalogue.Role{catalogue.Mediator}})
	return c
}

// Text is what sentences are drawn from.
type Text int

// The texts.
const (
	Plain Text = iota // sentences of an office, about 3.4 bits a character
	Hard              // signs drawn at random from the common ones, nearly 8 bits a character
)

// overlap is how many cases are under way at the same time.
const overlap = 40

// Cases returns the work of n cases in the order in which it is done: some of
// them are always under way at the same time.
func Cases(n int, seed uint64, text Text) []store.Work { return CasesAt(Town, n, seed, text) }

// CasesAt is Cases of another town.
func CasesAt(town catalogue.DivisionCode, n int, seed uint64, text Text) []store.Work {
	g := &generator{town: town, seed: seed, Rand: rand.New(rand.NewPCG(seed, 1)), text: text, day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	g.ids = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), 7})
	var out []store.Work
	var open [][]store.Work
	for n > 0 || len(open) > 0 {
		for n > 0 && len(open) < overlap {
			open, n = append(open, g.story()), n-1
		}
		i := g.IntN(len(open))
		out = append(out, open[i][0])
		if open[i] = open[i][1:]; len(open[i]) == 0 {
			open[i] = open[len(open)-1]
			open = open[:len(open)-1]
		}
	}
	return out
}

// Edits returns a remark on each of n of the cases of works.
func Edits(works []store.Work, n int, seed uint64) []store.Work {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 2))}
	var out []store.Work
	for _, i := range g.Perm(len(works)) {
		if _, first := works[i].Events[0].(*casework.Registered); first && len(out) < n {
			out = append(out, store.Work{Case: works[i].Case, Events: []casework.Event{&casework.Noted{Note: g.prose(18)}}})
		}
	}
	return out
}

type generator struct {
	*rand.Rand
	town catalogue.DivisionCode
	seed uint64
	made uint64 // ids
	ids  *rand.ChaCha8
	text Text
	day  time.Time
}

// id makes a UUIDv7, each later than the last, as laptops do.
func (g *generator) id() uuid.UUID {
	var u uuid.UUID
	g.ids.Read(u[:])
	g.made++
	ms := uint64(g.day.UnixMilli()) + g.seed*1_000_000_000 + g.made*60_000
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	u[6], u[8] = u[6]&0x0f|0x70, u[8]&0x3f|0x80
	return u
}

// story is one case's life.
func (g *generator) story() []store.Work {
	id := casework.CaseID{UUID: g.id()}
	day := g.day.AddDate(0, 0, g.IntN(200)).Format(time.DateOnly)
	a, b := g.name(), g.name()
	events := []casework.Event{
		&casework.Registered{Matter: casework.Dispute,
			Fields: casework.Fields{
				casework.FieldCategory: g.of("0201", "0202", "0101", "0901", "0701", "0804"),
				casework.FieldTitle:    a + "与" + b + g.of("排水纠纷", "宅基地纠纷", "赡养纠纷", "欠薪争议", "借款纠纷"),
				casework.FieldFacts:    g.prose(150 + g.IntN(140)), casework.FieldDivision: string(g.town),
				casework.FieldDetail: g.of("老屋", "新村", "河背", "上围", "下围") + fmt.Sprint(1+g.IntN(90)) + "号", casework.FieldHappenedOn: day,
				casework.FieldPeople: fmt.Sprint(2 + g.IntN(9)),
			},
			Parties: []casework.Party{g.party("applicant", a), g.party("respondent", b)}},
		&casework.Accepted{Note: g.prose(12)},
		&casework.Mediated{Method: "03", HappenedOn: day, Result: g.prose(50 + g.IntN(40))},
		&casework.Noted{Note: g.prose(16)},
		&casework.Mediated{Method: "03", HappenedOn: day, Result: g.prose(50 + g.IntN(40))},
		&casework.Agreed{Form: g.of("oral", "written"), Agreement: g.prose(70 + g.IntN(50)), Due: day},
		&casework.Performed{Extent: "full", Note: g.prose(12)},
		&casework.Revisited{HappenedOn: day, By: g.of("visit", "phone"), Performed: "yes", Note: g.prose(16)},
		&casework.Closed{Outcome: g.prose(24), Reply: g.prose(20)},
	}
	works := make([]store.Work, 4+g.IntN(6))
	for i := range works {
		works[i] = store.Work{Case: id, Events: events[i : i+1]}
	}
	return works
}

func (g *generator) party(role, name string) casework.Party {
	return casework.Party{Role: role, Name: name, Phone: fmt.Sprintf("1%02d%08d", 30+g.IntN(60), g.IntN(1e8)), Gender: fmt.Sprint(1 + g.IntN(2))}
}

func (g *generator) of(list ...string) string { return list[g.IntN(len(list))] }

func (g *generator) name() string {
	return g.of("陈", "李", "黄", "张", "刘", "钟", "邓", "叶") + string(g.sign()) + string(g.sign())
}

// sign is one of the common signs of the script.
func (g *generator) sign() rune { return rune(0x4e00 + g.IntN(700)*29) }

// prose is a text of about n characters.
func (g *generator) prose(n int) string {
	var b strings.Builder
	for count := 0; count < n; {
		piece := g.of(pieces...)
		switch {
		case g.text == Hard:
			piece = string(g.sign())
		case g.IntN(6) == 0:
			piece = g.name()
		case g.IntN(9) == 0:
			piece = fmt.Sprint(1 + g.IntN(3000))
		}
		b.WriteString(piece)
		count += len([]rune(piece))
	}
	return b.String()
}

// pieces are parts of sentences. They share no source with those that the wire's
// dictionary was trained on.
var pieces = []string{
	"雨季一到", "院墙根下积水", "多次找村里反映", "对方不肯让步", "老人年事已高", "子女轮流照看", "工钱一直拖着", "去年腊月起",
	"当场量了尺寸", "以石桩为界", "补偿款分两期付清", "签字按了手印", "愿意各退一步", "请族中长辈到场", "树根伸过界", "堵住了巷口",
	"车辆进出不便", "口头约定无凭", "借条已经丢失", "利息算法不一", "约好下周再谈", "电话里说清楚了", "上门看过现场", "拍了照片存底",
	"双方情绪平稳", "没有再起争执", "按约定拆除", "恢复原来的样子", "田埂塌了一截", "引水渠改了道", "挡了采光", "噪声夜里不停",
	"，", "，", "，", "。", "。", "；",
}
