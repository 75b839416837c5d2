package kit_test

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// desk is the smallest model that has all that a root model needs: a form in a
// page, gathered typing, waits turned into ticks, drafts.
type desk struct {
	form   *kit.Form
	burst  kit.Burst
	w, h   int
	drawn  tea.View
	status string
	drafts int
	draws  int
}

func (d *desk) Init() tea.Cmd { return nil }

func (d *desk) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	now, cmd := d.burst.Take(msg, true)
	cmds := []tea.Cmd{cmd}
	for _, msg := range now {
		cmds = append(cmds, d.take(msg))
	}
	return d, tea.Batch(cmds...)
}

func (d *desk) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.w, d.h = msg.Width, msg.Height
		return nil
	case kit.WaitMsg:
		return msg.Tick()
	}
	act, cmd := d.form.Update(msg)
	switch act {
	case kit.ActDraft:
		d.drafts++
		d.form.DraftKept(d.form.Generation())
		d.status = say("test.kept")
	case kit.ActSave:
		d.status = say("test.saved")
	case kit.ActLeave:
		d.status = say("test.left")
	}
	return cmd
}

func (d *desk) View() tea.View {
	if !d.burst.Pending() {
		d.draws++
		at, of := d.form.Where()
		d.drawn = seat.View(kit.Page{
			Title:  say("test.form"),
			Corner: fmt.Sprintf(say("test.where"), at, of),
			Body:   d.form.Lines(d.w, kit.BodyHeight(d.h)),
			Status: d.status,
			Footer: seat.Footer(d.form.Keys(), d.w),
		}, d.w, d.h)
	}
	return d.drawn
}

func categories() []kit.Option {
	return []kit.Option{
		option("0201", "邻里纠纷", "矛盾纠纷"),
		option("0202", "婚姻家庭纠纷", "矛盾纠纷"),
		option("0203", "劳动争议", "矛盾纠纷"),
		option("0204", "房屋宅基地纠纷", "矛盾纠纷"),
		option("0205", "合同纠纷", "矛盾纠纷"),
		option("0206", "损害赔偿纠纷", "矛盾纠纷"),
		option("0207", "山林土地纠纷", "矛盾纠纷"),
		option("0208", "征地拆迁纠纷", "矛盾纠纷"),
		option("0209", "环境污染纠纷", "矛盾纠纷"),
		option("0301", "消费纠纷", "经济"),
	}
}

func choices() []kit.Option {
	return []kit.Option{option("oral", "口头", ""), option("written", "书面", ""), option("none", "未达成", "")}
}

func partySpecs() []kit.FieldSpec {
	roles := []kit.Option{option("applicant", "申请人", ""), option("respondent", "被申请人", "")}
	return []kit.FieldSpec{
		{Name: "role", Label: "身份", Type: kit.Choice, Required: true, Options: roles},
		{Name: "name", Label: "姓名", Required: true, Max: 20},
		{Name: "phone", Label: "电话", Max: 20, Warn: func(s string) string {
			if text.Phone(s) {
				return ""
			}
			return say("test.phone_warning")
		}},
	}
}

func intake() []kit.FieldSpec {
	return []kit.FieldSpec{
		{Name: "category", Label: "类别", Section: "事件", Type: kit.Select, Required: true, Options: categories()},
		{Name: "title", Label: "标题", Required: true, Max: 60},
		{Name: "happened_on", Label: "发生日期", Type: kit.Date},
		{Name: "people", Label: "涉及人数", Type: kit.Number, Min: 1, Max: 9999},
		{Name: "facts", Label: "事实经过", Type: kit.Long, Required: true, Height: 4},
		{Name: "confidential", Label: "保密", Type: kit.Bool},
		{Name: "agreement", Label: "协议方式", Type: kit.Choice, Options: choices()},
		{Name: "units", Label: "协办单位", Type: kit.Multi, Options: categories()},
		{Name: "parties", Label: "当事人", Section: "人", Type: kit.Rows, Required: true, Row: partySpecs()},
		{Name: "detail", Label: "详细地址", Hint: "村、组、门牌号", Max: 100},
	}
}

func open(t testing.TB, w, h int) (*tuitest.Driver, *desk) {
	d := &desk{form: kit.NewForm(seat, "intake", intake())}
	return tuitest.New(t, d, w, h), d
}
