package words

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"casedesk/store/casework"
)

// Proposed is what the form of an action is opened with where somebody can be
// proposed or the catalogue knows it, and the sentences that say why.
func (d Desk) Proposed(c *casework.Case, a casework.Action) (values map[string]string, why []string) {
	ix := d.Index()
	switch a {
	case casework.ActAssign, casework.ActHandUp:
	case casework.ActDecide:
		item, _ := ix.Item(c.Value(casework.FieldItem))
		return map[string]string{"laws": item.Basis, "decided_on": d.Now().Format(time.DateOnly)}, nil
	case casework.ActPerform:
		return instalment(c), nil
	case casework.ActReply:
		return map[string]string{"told_on": d.Now().Format(time.DateOnly)}, nil
	case casework.ActReplyOrder, casework.ActWithdrawOrder:
		return nil, d.orderWords(c, a)
	case casework.ActAnswerCall:
		return nil, d.CallWords(c)
	case casework.ActSupervise:
		return d.order(c), nil
	default:
		return nil, nil
	}
	p := casework.Propose(c, ix, casework.Day(d.Now(), ix))
	if p.Lead != "" {
		why = append(why, d.T("propose."+string(p.Action), ix.UnitName(p.Lead)))
	}
	for _, r := range p.Reasons {
		why = append(why, d.Reason(r, ix))
	}
	switch {
	case a != p.Action:
	case a == casework.ActHandUp:
		values = map[string]string{"power_unit": string(p.Lead)}
	default:
		co := make([]string, len(p.Co))
		for i, u := range p.Co {
			co[i] = string(u)
		}
		values = map[string]string{"lead": string(p.Lead), "co": strings.Join(co, ",")}
		for _, r := range p.Reasons {
			if r.Code == casework.ReasonAgreement { // the assignment names what it rests on
				values["note"] = d.Reason(r, ix)
			}
		}
	}
	return values, why
}

// instalment is what the form of a performance proposes where more than one payment is
// open: that the next one was made. Which was made is what the record needs: a payment
// without its number leaves the limit of the first one running.
func instalment(c *casework.Case) map[string]string {
	next := c.Agreement.NextInstalment()
	if next == 0 || next == len(c.Agreement.Instalments) {
		return nil
	}
	return map[string]string{"extent": "partial", "instalment": strconv.Itoa(next)}
}

// order is whom the form of an order proposes, the unit that has the case in hand where
// the person's may order it, and by when: the next work day.
func (d Desk) order(c *casework.Case) map[string]string {
	ix := d.Index()
	day := d.Now().In(ix.Calendar().Location()).AddDate(0, 0, 1)
	for range 30 { // no holidays are longer
		if ix.Calendar().IsWorkday(day) {
			break
		}
		day = day.AddDate(0, 0, 1)
	}
	values := map[string]string{"due": day.Format(time.DateOnly)}
	order := &casework.Supervised{To: cmp.Or(c.Lead, c.Holder)}
	p := d.Store.Person("")
	if (p.Alone || casework.Orders(order, p.Unit, ix) == "") && casework.Targets(c, []casework.Hand{c.Hand()}, order, ix) == "" {
		values["to"] = string(order.To)
	}
	return values
}

// Item are the lines of a delegated matter's item as the catalogue has it now.
func (d Desk) Item(c *casework.Case) [][2]string {
	ix := d.Index()
	item, ok := ix.Item(c.Value(casework.FieldItem))
	if !ok {
		return nil
	}
	return [][2]string{
		{d.T("item.code"), item.Code},
		{d.T("item.basis"), d.T("item.version", item.Basis, ix.Version())},
		{d.T("item.former"), item.Former},
	}
}

// FirstDesk says which unit took the case in and answers to the parties, and
// whether they were told what became of it.
func (d Desk) FirstDesk(c *casework.Case) string {
	if c.Registrar == "" {
		return "" // registered on a laptop without a county
	}
	said := d.T("detail.first_desk", d.Unit(c.Registrar))
	switch {
	case c.Told != "":
		said += "  " + d.T("detail.told", c.Told)
	case c.State == casework.StateResolved:
		said += "  " + d.T("detail.untold")
	}
	return said
}
