package casework

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Summary is what of a case, or of a form that is being filled in, is compared to
// find out whether another one tells the same.
type Summary struct {
	Parties  []Party
	Division catalogue.DivisionCode
	Day      time.Time // when it happened, or was registered; zero: not known
	Title    string
	Facts    string
}

// Summarize returns the summary of a case.
func Summarize(c *Case) Summary {
	s := Summary{Parties: c.Parties, Division: catalogue.DivisionCode(c.Value(FieldDivision)), Day: c.RegisteredAt,
		Title: c.Value(FieldTitle), Facts: c.Value(FieldFacts)}
	if day, err := time.Parse(time.DateOnly, c.Value(FieldHappenedOn)); err == nil {
		s.Day = day
	}
	return s
}

// SummaryOf returns the summary of a registration that is written at a moment.
func SummaryOf(r *Registered, now time.Time) Summary {
	s := Summary{Parties: r.Parties, Division: catalogue.DivisionCode(r.Fields[FieldDivision]), Day: now,
		Title: r.Fields[FieldTitle], Facts: r.Fields[FieldFacts]}
	if day, err := time.Parse(time.DateOnly, r.Fields[FieldHappenedOn]); err == nil {
		s.Day = day
	}
	return s
}

// Likeness is one thing in which two cases agree. What two cases have in common is
// a list of these that a person can check, never a number of its own.
type Likeness string

// The likenesses, with what each weighs.
const (
	LikeIDNumber Likeness = "id_number" // a party's identity number
	LikePhone    Likeness = "phone"     // a party's phone
	LikeParties  Likeness = "parties"   // the names of two parties or more
	LikeParty    Likeness = "party"     // the name of one
	LikeTitle    Likeness = "title"     // the words of the title
	LikeFacts    Likeness = "facts"     // the words of the facts
	LikePlace    Likeness = "place"     // the place
	LikeArea     Likeness = "area"      // the place of the one lies in that of the other
	LikeNear     Likeness = "near"      // the day, within two weeks
)

var weights = map[Likeness]int{LikeIDNumber: 3, LikePhone: 3, LikeParties: 3, LikeParty: 2, LikeTitle: 2, LikeFacts: 2,
	LikePlace: 2, LikeArea: 1, LikeNear: 1}

// enough is what the likenesses of two cases weigh that a person should look at: who
// takes part in both and where, or what both say, where and when.
const enough = 4

const (
	nearDays   = 14  // days between two that are near
	farApart   = 180 // days after which a dispute is another one, if the same broke out again
	sameTitle  = 0.5 // share of pairs of characters in common
	sameFacts  = 0.4
	shortFacts = 12 // pairs of characters below which facts say too little
)

// Compared is a Summary made ready to be compared with many.
type Compared struct {
	names, phones, numbers []string // sorted
	division               catalogue.DivisionCode
	day                    time.Time
	title, facts           []uint64 // pairs of characters, sorted
}

// Ready makes a summary ready.
func (s Summary) Ready() Compared {
	c := Compared{division: s.Division, day: s.Day, title: bigrams(s.Title), facts: bigrams(s.Facts)}
	for _, p := range s.Parties {
		c.names = appendWord(c.names, p.Name, 2)
		c.phones = appendWord(c.phones, p.Phone, 7)
		c.numbers = appendWord(c.numbers, p.IDNumber, 6)
	}
	for _, words := range [][]string{c.names, c.phones, c.numbers} {
		slices.Sort(words)
	}
	return c
}

// appendWord adds a word, folded and without signs, that is long enough to mean
// somebody.
func appendWord(words []string, s string, least int) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(s))
	if len([]rune(s)) < least || slices.Contains(words, s) {
		return words
	}
	return append(words, s)
}

// bigrams are the pairs of letters and digits that follow each other in a text.
func bigrams(s string) []uint64 {
	var out []uint64
	var before rune
	for _, r := range text.Fold(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if before != 0 {
			out = append(out, uint64(before)<<32|uint64(r))
		}
		before = r
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// alike is the share of pairs in common (Dice): 1 for the same, 0 for nothing.
func alike(a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}

// common counts the members of two sorted lists that are in both.
func common[T cmp.Ordered](a, b []T) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0], b[0]); {
		case c == 0:
			n++
			a, b = a[1:], b[1:]
		case c < 0:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return n
}

// Likely returns in what two cases agree, the weightiest first, if that is enough
// for a person to look whether they are one; else nothing. It says the same of
// (a, b) as of (b, a).
func Likely(a, b *Compared, ix Lookup) []Likeness {
	var out []Likeness
	add := func(l Likeness, is bool) {
		if is {
			out = append(out, l)
		}
	}
	add(LikeIDNumber, common(a.numbers, b.numbers) > 0)
	add(LikePhone, common(a.phones, b.phones) > 0)
	names := common(a.names, b.names)
	add(LikeParties, names > 1)
	add(LikeParty, names == 1)
	add(LikeTitle, alike(a.title, b.title) >= sameTitle)
	add(LikeFacts, min(len(a.facts), len(b.facts)) >= shortFacts && alike(a.facts, b.facts) >= sameFacts)
	if len(out) == 0 {
		return nil // a place and a day are nobody's dispute
	}
	within := a.division != "" && b.division != "" && (ix.Within(a.division, b.division) || ix.Within(b.division, a.division))
	add(LikePlace, within && a.division == b.division)
	add(LikeArea, within && a.division != b.division)
	if !a.day.IsZero() && !b.day.IsZero() {
		apart := a.day.Sub(b.day).Abs().Hours() / 24
		if apart > farApart {
			return nil
		}
		add(LikeNear, apart <= nearDays)
	}
	weight := 0
	for _, l := range out {
		weight += weights[l]
	}
	if weight < enough {
		return nil
	}
	return out
}

// Weight is how much the likenesses weigh, to put the likeliest first.
func Weight(all []Likeness) (n int) {
	for _, l := range all {
		n += weights[l]
	}
	return n
}

// LikelyPair is two of a list of cases that look alike.
type LikelyPair struct {
	A, B     int // A before B
	Likeness []Likeness
}

// Within one name, phone or place a case is compared with so many others, those that
// are nearest by the day.
const nearest = 40

// LikelyPairs returns the pairs of a list that look alike, the likeliest first. It
// compares cases that share a name, a phone or a place, each with a bounded number of
// others: what it costs grows with the list, not with its square.
func LikelyPairs(all []Compared, ix Lookup) []LikelyPair {
	buckets := map[string][]int{}
	for i := range all {
		for _, keys := range [][]string{all[i].names, all[i].phones, all[i].numbers, {"@" + string(all[i].division)}} {
			for _, key := range keys {
				buckets[key] = append(buckets[key], i)
			}
		}
	}
	seen := map[[2]int]bool{}
	var out []LikelyPair
	for _, some := range buckets {
		slices.SortFunc(some, func(a, b int) int { return cmp.Or(all[a].day.Compare(all[b].day), a-b) })
		for i, a := range some {
			for _, b := range some[i+1 : min(i+1+nearest, len(some))] {
				pair := [2]int{min(a, b), max(a, b)}
				if a == b || seen[pair] {
					continue
				}
				seen[pair] = true
				if why := Likely(&all[a], &all[b], ix); len(why) > 0 {
					out = append(out, LikelyPair{pair[0], pair[1], why})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b LikelyPair) int {
		return cmp.Or(Weight(b.Likeness)-Weight(a.Likeness), a.A-b.A, a.B-b.B)
	})
	return out
}
