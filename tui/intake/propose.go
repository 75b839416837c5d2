package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// recentRows is how many of the person's last cases say what she uses.
const recentRows = 20

// earlier is what is known of the cases that the person registered last, the newest first.
type earlier struct {
	rows    []store.Row
	detail  string // of the newest
	channel string
}

// readEarlier reads them for a form that opens; runs in a command.
func readEarlier(st *store.Store) (earlier, error) {
	list, err := st.Rows(store.Query{Tab: store.TabMine, Limit: recentRows})
	if err != nil || len(list.Rows) == 0 {
		return earlier{}, err
	}
	e := earlier{rows: list.Rows}
	// A case that cannot be read proposes nothing; the list says what is wrong with it.
	if view, err := st.Case(list.Rows[0].ID); err == nil {
		e.detail, e.channel = view.Case.Value(casework.FieldDetail), view.Case.Value(casework.FieldChannel)
	}
	return e, nil
}

// place is that of the newest case.
func (e earlier) place() catalogue.DivisionCode {
	if len(e.rows) == 0 {
		return ""
	}
	return e.rows[0].Division
}

// usedFirst puts the options that the last cases have before the others, the last used
// first.
func usedFirst(options []kit.Option, used []string) []kit.Option {
	var first []kit.Option
	for _, code := range used {
		i := slices.IndexFunc(options, func(o kit.Option) bool { return o.Code == code })
		if i >= 0 && !slices.ContainsFunc(first, func(o kit.Option) bool { return o.Code == code }) {
			first = append(first, options[i])
		}
	}
	rest := slices.DeleteFunc(slices.Clone(options), func(o kit.Option) bool {
		return slices.ContainsFunc(first, func(f kit.Option) bool { return f.Code == o.Code })
	})
	return append(first, rest...)
}

// used are the codes that the last cases have of something.
func (e earlier) used(of func(store.Row) string) []string {
	var out []string
	for _, row := range e.rows {
		if code := of(row); code != "" {
			out = append(out, code)
		}
	}
	return out
}

// suggested is the category that what is typed speaks of, looked for once after each
// change of the form.
type suggested struct {
	looked     bool
	generation uint64
	of         catalogue.Suggestion
	ok         bool
}

func (s *Screen) suggest() (catalogue.Suggestion, bool) {
	if s.sheet == nil {
		return catalogue.Suggestion{}, false
	}
	if now := s.sheet.Form.Generation(); !s.suggested.looked || now != s.suggested.generation {
		of, ok := s.desk.Index().Suggest(s.value(casework.FieldTitle) + "\n" + s.value(casework.FieldFacts))
		s.suggested = suggested{true, now, of, ok}
	}
	return s.suggested.of, s.suggested.ok
}

func (s *Screen) value(f casework.Field) string {
	if s.sheet == nil {
		return ""
	}
	return s.sheet.Form.Value(string(f)).Text
}

// category is the one that was chosen, or else the one that is proposed.
func (s *Screen) category() string {
	if code := s.value(casework.FieldCategory); code != "" {
		return code
	}
	of, _ := s.suggest()
	return of.Category.Code
}

// propose gives the fields what can be proposed for them, and puts first what was used last.
func (s *Screen) propose(specs []kit.FieldSpec) {
	proposals := map[string]func() kit.Proposal{
		string(casework.FieldCategory):   s.proposeCategory,
		string(casework.FieldTitle):      s.proposeTitle,
		string(casework.FieldHappenedOn): s.proposeDay,
		string(casework.FieldPeople):     s.proposePeople,
		string(casework.FieldDetail):     s.proposeDetail,
		string(casework.FieldChannel):    s.proposeChannel,
	}
	for i := range specs {
		specs[i].Propose = proposals[specs[i].Name]
		switch casework.Field(specs[i].Name) {
		case casework.FieldCategory:
			specs[i].Options = usedFirst(specs[i].Options, s.earlier.used(func(r store.Row) string { return r.Category }))
		case casework.FieldDivision:
			specs[i].Options = usedFirst(specs[i].Options, s.earlier.used(func(r store.Row) string { return string(r.Division) }))
		}
	}
}

func (s *Screen) proposeCategory() kit.Proposal {
	of, ok := s.suggest()
	if !ok {
		return kit.Proposal{}
	}
	said := of.Words[:min(len(of.Words), 2)]
	return kit.Proposal{Value: of.Category.Code,
		Said: s.desk.T("intake.by_words", words.Clean(of.Category.Name), strings.Join(said, s.desk.T("kit.comma")))}
}

// proposeTitle names the case as people do: who with whom about what. A confidential one
// names nobody, nor does one that is no dispute between parties.
func (s *Screen) proposeTitle() kit.Proposal {
	code := s.category()
	if code == "" {
		return kit.Proposal{}
	}
	ix := s.desk.Index()
	category, _ := ix.Category(code)
	if above, ok := ix.Category(category.Parent); ok && strings.HasPrefix(category.Name, "其他") {
		category = above
	}
	about := strings.TrimSuffix(strings.TrimSuffix(category.Name, "纠纷"), "争议")
	var names []string
	if s.matter == casework.Dispute && s.sheet.Form.Value(fieldConfidential).Text != "true" {
		for _, row := range s.sheet.Form.Value(fieldParties).Rows {
			if name := strings.TrimSpace(row["name"]); name != "" {
				names = append(names, name)
			}
		}
	}
	kind := "intake.title_" + string(s.matter)
	if !s.desk.Has(kind) {
		kind = "intake.title_dispute"
	}
	about = s.desk.T(kind, about)
	place, _ := ix.Division(catalogue.DivisionCode(s.value(casework.FieldDivision)))
	title := ""
	switch {
	case place.Name == "" || len(names) == 0: // the list has the place beside the title
		title = place.Name + s.names(names) + about
	default:
		title = s.desk.T("intake.title_at", s.names(names)+about, place.Name)
	}
	title = text.Line(strings.TrimSpace(title)).String()
	const most = 80 // as the field has it
	if r := []rune(title); len(r) > most {
		title = string(r[:most])
	}
	return kit.Proposal{Value: title, Said: title}
}

// names are the parties in a title: one, both, or the first two of many.
func (s *Screen) names(of []string) string {
	switch len(of) {
	case 0:
		return ""
	case 1:
		return of[0]
	case 2:
		return s.desk.T("intake.names_two", of[0], of[1])
	}
	return s.desk.T("intake.names_many", of[0], of[1])
}

func (s *Screen) proposeDay() kit.Proposal {
	day := s.desk.Now().Format(time.DateOnly)
	return kit.Proposal{Value: day, Said: s.desk.T("intake.today", day)}
}

// proposePeople counts the parties that are named: there are so many at least.
func (s *Screen) proposePeople() kit.Proposal {
	n := len(s.sheet.Form.Value(fieldParties).Rows)
	if n == 0 {
		return kit.Proposal{}
	}
	return kit.Proposal{Value: strconv.Itoa(n), Said: s.desk.T("intake.as_parties", n)}
}

// proposeDetail is the address of the last case, where that was in the same place.
func (s *Screen) proposeDetail() kit.Proposal {
	if s.earlier.detail == "" || string(s.earlier.place()) != s.value(casework.FieldDivision) {
		return kit.Proposal{}
	}
	return kit.Proposal{Value: s.earlier.detail, Said: s.desk.T("intake.as_last", words.Clean(s.earlier.detail))}
}

func (s *Screen) proposeChannel() kit.Proposal {
	if s.earlier.channel == "" {
		return kit.Proposal{}
	}
	return kit.Proposal{Value: s.earlier.channel, Said: s.desk.T("intake.as_last", s.desk.Code(catalogue.TableChannels, s.earlier.channel))}
}

// firstParty is what a party's form opens with: who tells of a dispute mostly asks, and
// the next is whom it is asked of.
func firstParty(before []map[string]string) map[string]string {
	for i, role := range []string{"applicant", "respondent"} {
		if len(before) == i {
			return map[string]string{"role": role}
		}
	}
	return nil
}

// phrases offers the sentences that fit the category, once for each.
func (s *Screen) phrases() {
	if s.sheet == nil {
		return
	}
	if code := s.category(); code != s.offered {
		s.offered = code
		facts := string(casework.FieldFacts)
		s.sheet.Form.Offer(facts, s.desk.Index().PhrasesFor(facts, code))
	}
}
