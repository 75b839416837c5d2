package county

import (
	"cmp"
	"crypto/sha256"
	"regexp"
	"slices"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/sync/notify"
)

// notify queues the text of an urging, in the transaction that writes the urging.
// An urging is queued once, however often it is written: a message is named by what it
// urges.
func (u *update) notify(c *casework.Case, e *casework.Urged) error {
	if !texted(u.w.ix, e.Grade) || !mayBeTold(c, e.To, u.w.ix) {
		return nil
	}
	m := &message{Case: c.ID, Number: numberOf(c), Unit: e.To, Limit: e.Limit, Start: e.Start, Grade: e.Grade, Due: e.Due,
		Made: u.now.UnixMilli(), State: MessageWaiting}
	id := m.id()
	known, err := u.tx.Get(messageKey(id))
	if err != nil || known != nil {
		return err
	}
	if err := u.tx.Put(waitingKey(m.Unit, id), []byte{}); err != nil {
		return err
	}
	u.queued = true
	return put(u.tx, messageKey(id), m)
}

// id names a message by what it urges: a unit is urged about a limit once a grade and last
// day.
func (m *message) id() (id messageID) {
	h := sha256.New()
	h.Write(m.Case.UUID[:])
	h.Write(m.Start.UUID[:])
	h.Write([]byte(string(m.Limit) + "\x00" + string(m.Grade) + "\x00" + m.Due + "\x00" + string(m.Unit)))
	copy(id[:], h.Sum(nil))
	return id
}

// texted reports whether urgings of a grade are sent as texts, too.
func texted(ix *catalogue.Index, g casework.Grade) bool {
	least := ix.Setting(catalogue.UrgeByMessage)
	return least != "none" && !casework.Grade(least).Stronger(g)
}

// mayBeTold reports whether a unit may be told that the case is there.
func mayBeTold(c *casework.Case, unit catalogue.UnitID, ix *catalogue.Index) bool {
	return !c.Confidential || slices.Contains(casework.Recipients(c, ix), unit)
}

// What became of the reason of a message that was not sent yet.
const (
	lostStopped MessageWhy = "stopped"    // what was urged is done
	lostPaused  MessageWhy = "paused"     // the limit stands still
	lostLater   MessageWhy = "later"      // the limit was extended
	lostSetting MessageWhy = "setting"    // the county sends no such texts any more
	lostSecret  MessageWhy = "not_theirs" // the case is kept from the unit
)

// lost says why a message has lost its reason, "" when it has not.
func (u *update) lost(c *casework.Case, m *message) MessageWhy {
	ix := u.w.ix
	switch {
	case !texted(ix, m.Grade):
		return lostSetting
	case !mayBeTold(c, m.Unit, ix):
		return lostSecret
	}
	why := lostStopped
	for _, r := range casework.Limits(c, ix, u.now) {
		switch {
		case r.Limit != m.Limit || r.By != m.Start || r.Stopped:
		case !r.Paused.IsZero():
			why = lostPaused
		case ix.Calendar().LastDay(r.Due).Format(time.DateOnly) > m.Due:
			why = lostLater
		default:
			return ""
		}
	}
	return why
}

// plainNumber is a 案号 that says nothing but unit, year and number. A laptop gives it,
// so it could say anything.
var plainNumber = regexp.MustCompile(`^[0-9A-Za-z_-]{1,40}$`)

// numberOf returns the case's number for a text; of one that is not made as it should
// be the beginning of its id.
func numberOf(c *casework.Case) string {
	if plainNumber.MatchString(c.Number) {
		return c.Number
	}
	return c.ID.String()[:8]
}

// Texts are in Chinese: who gets them is not known to read anything else.
var chinese = i18n.New(i18n.ZH)

const (
	maxName    = 12 // characters of a unit's or a limit's name in a text
	maxCall    = 20 // characters of the number to call
	maxNumbers = 5  // cases that a digest names
)

// told is a message with the case as it stands when the text is written.
type told struct {
	id messageID
	*message
	c *casework.Case
}

// wording returns the text of the messages to one unit: one by itself, more as one
// text with their counts and the first numbers. It tells case numbers, the unit, limit
// and day, and who may be called; of a confidential case the number alone.
func wording(all []told, unit catalogue.UnitID, ix *catalogue.Index, now time.Time) string {
	slices.SortStableFunc(all, func(a, b told) int {
		switch {
		case a.Grade.Stronger(b.Grade):
			return -1
		case b.Grade.Stronger(a.Grade):
			return 1
		}
		return cmp.Or(strings.Compare(a.Due, b.Due), strings.Compare(a.Number, b.Number))
	})
	call, late := callOf(all, unit, ix), ""
	if m := all[0]; len(all) == 1 && m.Grade == casework.GradeUp && !m.c.Confidential {
		row, _ := ix.Unit(m.bound())
		late = short(row.Name)
		if phone, ok := notify.Phone(row.Phone); ok { // whom to ask is who let it pass
			call = phone
		}
	}
	if call != "" {
		call = chinese.T("message.call", call)
	}
	name := short(ix.UnitName(unit))
	if len(all) == 1 {
		m := all[0]
		if m.c.Confidential {
			return chinese.T("message.secret", m.Number) + call
		}
		key := "message.yellow"
		if m.Grade == casework.GradeRed || m.Grade == casework.GradeUp {
			key = "message." + string(m.Grade)
		}
		return chinese.T(key, m.Number, name, limitText(m.Limit, ix), dayText(m.Due, ix.Calendar(), now), late) + call
	}
	over := 0
	var numbers []string
	for _, m := range all {
		if m.Grade.Stronger(casework.GradeYellow) {
			over++
		}
		if !slices.Contains(numbers, m.Number) {
			numbers = append(numbers, m.Number)
		}
	}
	for n := min(len(numbers), maxNumbers); ; n-- {
		list := strings.Join(numbers[:n], chinese.T("message.separator"))
		if n < len(numbers) {
			list = chinese.T("message.and_more", list)
		}
		if said := chinese.T("message.digest", name, len(all), over, list) + call; n == 0 || notify.Length(said) <= notify.MaxText {
			return said
		}
	}
}

// bound is the unit that the limit binds as the case stands.
func (m *told) bound() catalogue.UnitID {
	for i := range m.c.Clocks {
		if k := &m.c.Clocks[i]; k.Limit == m.Limit && k.By == m.Start && k.Stop.IsZero() {
			return casework.Bound(m.c, k, casework.Turn(m.c))
		}
	}
	return ""
}

// limitText returns a limit's name. What follows from a sign of risk would tell what
// the case is about, so it is not named.
func limitText(l catalogue.LimitCode, ix *catalogue.Index) string {
	if l == casework.LimitProtection || l == casework.LimitProtectionUrgent ||
		slices.ContainsFunc(ix.Catalogue().RiskDuties, func(d catalogue.RiskDuty) bool { return d.Limit == l }) {
		return chinese.T("message.duty")
	}
	return short(chinese.Limit(l, ix))
}

// callOf returns the telephone of the nearest unit above, none of a unit that a
// confidential case is about; else the county's.
func callOf(all []told, unit catalogue.UnitID, ix *catalogue.Index) string {
	for up := ix.Parent(unit); up != ""; up = ix.Parent(up) {
		row, _ := ix.Unit(up)
		phone, ok := notify.Phone(row.Phone)
		if ok && !row.Retired && !slices.ContainsFunc(all, func(m told) bool { return m.c.Confidential && slices.Contains(m.c.About, up) }) {
			return phone
		}
	}
	own := ix.Setting(catalogue.OverseerOffice)
	if phone, ok := notify.Phone(own); ok {
		return phone
	}
	return firstOf(own, maxCall)
}

// dayText says a day as people write it, the year where it is another.
func dayText(day string, cal catalogue.Calendar, now time.Time) string {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return firstOf(day, maxName)
	case t.Year() == now.In(cal.Location()).Year():
		return chinese.T("message.day", int(t.Month()), t.Day())
	}
	return chinese.T("message.day_of_year", t.Year(), int(t.Month()), t.Day())
}

func short(name string) string { return firstOf(name, maxName) }

// firstOf returns the first n characters of a line.
func firstOf(s string, n int) string {
	r := []rune(text.Line(s).String())
	return string(r[:min(len(r), n)])
}
