package workbook_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store/catalogue"
)

// random makes a valid catalogue with everything that may stand in one.
type random struct {
	*rand.Rand
	n int
}

func (r *random) chance(percent int) bool { return r.IntN(100) < percent }

// id is one that looks like a number as often as not.
func (r *random) id(prefix string) string {
	r.n++
	if r.chance(50) {
		return fmt.Sprintf("0%d", 1_000_000_000_000_000_000+r.n)
	}
	return fmt.Sprintf("%s-%d.x_y", prefix, r.n)
}

// text is what people and machines write.
func (r *random) text() string {
	parts := []string{"张三", "<b>&\"'", "_x000D_", "_x005F_x000D_", "_x", "=1+1", "'0123", "+86 10", "1e5", "TRUE", "#REF!", "㛃𬭚😀", "、，；", "2026-01-05",
		"]]>", "0762-0000001", "a  b", "441621102901001234", "\u2028x", "是", "（只看）"}
	s := ""
	for range 1 + r.IntN(3) {
		s += parts[r.IntN(len(parts))]
	}
	return strings.TrimSpace(s)
}

func (r *random) some() string {
	if r.chance(50) {
		return ""
	}
	return r.text()
}

func pick[T any](r *random, list []T) T { return list[r.IntN(len(list))] }

func (r *random) span() catalogue.Span {
	unit := pick(r, []catalogue.SpanUnit{catalogue.Hours, catalogue.Days, catalogue.Months, catalogue.WorkDays})
	return catalogue.Span{N: 1 + r.IntN(119), Unit: unit}
}

func (r *random) codes(least int) (rows []catalogue.Code) {
	for i := range least + r.IntN(6) {
		row := catalogue.Code{Code: r.id("c"), Name: r.text(), Retired: r.chance(20), Remark: r.some()}
		if i > 0 && r.chance(40) {
			row.Parent = rows[r.IntN(i)].Code
		}
		rows = append(rows, row)
	}
	return rows
}

func codeOf(r *random, rows []catalogue.Code) string {
	if len(rows) == 0 {
		return ""
	}
	return pick(r, rows).Code
}

// none makes an empty list nil, as tables without rows are.
func none[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

func (r *random) catalogue() catalogue.Catalogue {
	c := catalogue.Catalogue{Version: 3 + r.Uint64N(1000), Name: r.text(), Remark: r.some()}
	c.Calendar = catalogue.Calendar{Zone: pick(r, []int{28800, 0, -12345, 20700}), Remark: r.some()}
	if r.chance(80) {
		c.Published = time.Unix(r.Int64N(4e9), r.Int64N(1e6)*1000).UTC()
	}
	if r.chance(80) {
		c.Calendar.From, c.Calendar.To = 2021, 2021+r.IntN(9)
	}
	for d := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2023; d = d.AddDate(0, 0, 1+r.IntN(40)) {
		if r.chance(60) {
			c.Calendar.Off = append(c.Calendar.Off, d.Format(time.DateOnly))
		} else {
			c.Calendar.On = append(c.Calendar.On, d.Format(time.DateOnly))
		}
	}
	r.places(&c)
	for _, t := range catalogue.CodeTables() {
		least := 0
		if slices.Contains([]catalogue.Table{catalogue.TableCategories, catalogue.TableChannels, catalogue.TableMethods, catalogue.TableIDTypes, catalogue.TableGenders}, t) {
			least = 2
		}
		for _, row := range r.codes(least) {
			c.AddCode(t, row)
		}
	}
	for i := range c.Categories {
		row := &c.Categories[i]
		row.NotCivil = r.chance(30)
		if r.chance(30) {
			row.Words = r.text()
		}
		if r.chance(60) {
			row.Mediation, row.Petition = codeOf(r, c.MediationTypes), codeOf(r, c.PetitionClasses)
		}
	}
	for i := range c.Risks {
		c.Risks[i].From = r.IntN(12)
	}
	r.limits(&c)
	r.duties(&c)
	return c
}

func (r *random) places(c *catalogue.Catalogue) {
	var towns []catalogue.UnitID
	add := func(code, parent string, level catalogue.Level, above catalogue.UnitID) catalogue.UnitID {
		c.Divisions = append(c.Divisions, catalogue.Division{Code: catalogue.DivisionCode(code), Name: r.text(), Level: level,
			Parent: catalogue.DivisionCode(parent), Retired: r.chance(10), Remark: r.some()})
		u := catalogue.Unit{ID: catalogue.UnitID(r.id("u")), Name: r.text(), Kind: catalogue.Area, Level: level, Parent: above,
			Covers: []catalogue.DivisionCode{catalogue.DivisionCode(code)}, Phone: r.some(), Remark: r.some()}
		c.Units = append(c.Units, u)
		return u.ID
	}
	city := add("4416", "", catalogue.City, "")
	county := add("441621", "4416", catalogue.County, city)
	var villages []string
	for t := range 1 + r.IntN(4) {
		town := fmt.Sprintf("441621%03d", 100+t)
		unit := add(town, "441621", catalogue.Town, county)
		towns = append(towns, unit)
		for v := range r.IntN(3) {
			villages = append(villages, fmt.Sprintf("%s%03d", town, 901+v))
			add(villages[len(villages)-1], town, catalogue.Village, unit)
		}
	}
	for _, v := range villages {
		for g := range r.IntN(3) {
			c.Divisions = append(c.Divisions, catalogue.Division{Code: catalogue.DivisionCode(fmt.Sprintf("%s%02d", v, g+1)), Name: r.text(),
				Level: catalogue.Grid, Parent: catalogue.DivisionCode(v), Retired: r.chance(20)})
		}
	}
	for range r.IntN(4) {
		c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(r.id("d")), Name: r.text(), Kind: catalogue.Department,
			Level: catalogue.Town, Parent: pick(r, towns)})
	}
	for range 1 + r.IntN(10) {
		p := catalogue.Person{User: catalogue.UserID(r.id("p")), Name: r.text(), Left: r.chance(20), Remark: r.some()}
		if !p.Left || r.chance(50) {
			for range 1 + r.IntN(2) {
				p.Units = append(p.Units, pick(r, c.Units).ID)
				p.Roles = append(p.Roles, pick(r, catalogue.Roles()))
			}
		}
		c.People = append(c.People, p)
	}
	for i, u := range c.Units {
		c.Units[i].Retired = r.chance(40) && !slices.ContainsFunc(c.People, func(p catalogue.Person) bool { return !p.Left && slices.Contains(p.Units, u.ID) })
	}
	x := catalogue.NewIndex(*c)
	for i, d := range c.Divisions {
		if units := x.PlaceUnits(d.Code); d.Level == catalogue.Grid && len(units) > 0 && r.chance(50) {
			worker := catalogue.Person{User: catalogue.UserID(r.id("w")), Name: r.text(), Units: units[:1], Roles: []catalogue.Role{catalogue.GridWorker}}
			c.People = append(c.People, worker)
			c.Divisions[i].Worker = worker.User
		}
	}
}

func (r *random) limits(c *catalogue.Catalogue) {
	row := func(code catalogue.LimitCode, category string, since uint64) catalogue.Limit {
		l := catalogue.Limit{Code: code, Name: r.text(), Category: category, Since: since, Roll: r.chance(30),
			YellowPercent: r.IntN(101), Basis: pick(r, catalogue.Bases()), Source: r.some()}
		if r.chance(20) {
			l.Agreed = true
		} else {
			l.Span = r.span()
		}
		if r.chance(50) {
			l.Yellow = r.span()
		}
		if r.chance(30) {
			l.Extension = r.span()
		}
		return l
	}
	var past []catalogue.Limit
	for range r.IntN(8) {
		code, category := catalogue.LimitCode(r.id("l")), ""
		for range 1 + r.IntN(2) {
			since := 1 + r.Uint64N(c.Version)
			c.Limits = append(c.Limits, row(code, category, since))
			for s := uint64(1); s < min(since, 3); s++ {
				past = append(past, row(code, category, s))
			}
			category = codeOf(r, c.Categories)
		}
	}
	c.Limits = append(c.Limits, past...)
}

func (r *random) duties(c *catalogue.Catalogue) {
	for range r.IntN(5) {
		c.Items = append(c.Items, catalogue.Item{Code: r.id("i"), Name: r.text(), Type: r.some(), Basis: r.some(), Former: r.some(),
			Unit: pick(r, c.Units).ID, Retired: r.chance(20), Remark: r.some()})
	}
	for i, item := range c.Items {
		for _, u := range c.Units {
			if u.Level != catalogue.Town || u.Kind == catalogue.Department {
				continue
			}
			claim := catalogue.Claim{Item: item.Code, Unit: u.ID, From: fmt.Sprintf("20%02d-02-28", 10+i), Agreement: r.some()}
			if r.chance(50) {
				claim.Until = fmt.Sprintf("20%02d-12-31", 10+i)
			}
			for _, d := range c.Units {
				if d.Parent == u.ID && r.chance(50) {
					claim.Platform = d.ID
				}
			}
			c.Claims = append(c.Claims, claim)
		}
		c.Duties = append(c.Duties, catalogue.Duty{Unit: pick(r, c.Units).ID, Item: item.Code, Reference: r.some(), Retired: r.chance(20)})
	}
	for _, row := range c.Categories {
		c.Duties = append(c.Duties, catalogue.Duty{Unit: pick(r, c.Units).ID, Category: row.Code, Reference: r.some(), Retired: r.chance(20)})
	}
	for _, sign := range c.Risks {
		d := catalogue.RiskDuty{Sign: sign.Code, Code: pick(r, catalogue.DutyCodes()), Name: r.text(), Basis: pick(r, catalogue.Bases()), Source: r.some(), Retired: r.chance(20)}
		if len(c.Limits) > 0 && r.chance(60) {
			d.Limit = pick(r, c.Limits).Code
		}
		c.RiskDuties = append(c.RiskDuties, d)
	}
	if len(c.ResolverTypes) > 0 {
		for range r.IntN(4) {
			c.Resolvers = append(c.Resolvers, catalogue.Resolver{ID: r.id("r"), Name: r.text(), Type: codeOf(r, c.ResolverTypes),
				Place: pick(r, c.Divisions).Code, Phone: r.some(), Good: r.some(), Left: r.chance(20), Remark: r.some()})
		}
	}
	for i := range r.IntN(4) {
		c.Phrases = append(c.Phrases, catalogue.Phrase{Field: pick(r, []string{"remedies", "reason", "x"}), Text: fmt.Sprint(r.text(), i)})
	}
	r.settings(c)
	c.Duties, c.Claims = none(c.Duties), none(c.Claims)
}

// settings sets some of them, the two ends of the quiet hours together.
func (r *random) settings(c *catalogue.Catalogue) {
	quiet := r.chance(50)
	for _, spec := range catalogue.Settings() {
		if spec.Clock && !quiet || !spec.Clock && r.chance(50) {
			continue
		}
		s := catalogue.Setting{Code: spec.Code, Source: r.some()}
		switch {
		case spec.Clock:
			s.Value = fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60))
		case len(spec.Choices) > 0:
			s.Value = pick(r, spec.Choices)
		case spec.Phone:
			s.Value = pick(r, []string{"0762-0000001", "07620000001", "+86 762 0000001"})
		default:
			s.Value = strconv.Itoa(spec.Min + r.IntN(spec.Max-spec.Min+1))
		}
		if s.Value == spec.Default && !spec.Clock && s.Source == "" {
			continue // that is as good as not set
		}
		c.Settings = append(c.Settings, s)
	}
}
