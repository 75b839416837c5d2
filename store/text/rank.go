package text

import "unicode/utf8"

// Rank says how well a query that matches fits a name, for the best to stand first.
type Rank uint8

// The ranks, the best first.
const (
	RankWhole  Rank = iota // it spells the whole name: lwz is 龙窝镇
	RankStart              // it spells the name's beginning: lw
	RankInside             // it is found further on, or not in the name at all
)

// Rank returns how well the query's first word fits a name, made a key by Keys: the
// beginning is what people remember of it.
func (q Query) Rank(name string) Rank {
	if q.IsEmpty() {
		return RankInside
	}
	w := &q.words[0]
	if len(w.text) > maxSpelled {
		return RankInside
	}
	goal, state := uint64(1)<<len(w.text), uint64(1)
	rank := RankInside
	for i := 0; i < len(name) && state != 0; {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch p := readingsOf(r); {
		case p != 0:
			state = stepIdeograph(state&^goal, w.text, name[i:i+n], p)
		case alphanumeric(r):
			state = stepSame(state&^goal, w.text, name[i:i+n])
		}
		i += n
		if state&goal != 0 {
			rank = RankStart
			if i == len(name) {
				return RankWhole
			}
		}
	}
	return rank
}
