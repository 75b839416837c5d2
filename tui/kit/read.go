package kit

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"casedesk/store/text"
)

// A page can be read aloud, line by line, in place of being drawn: package plain does.
// It is then made ReadWidth cells wide, on which nothing is wrapped, cut or put side by
// side, and the parts write into it what eyes see and ears do not: which line is which
// row of how many, and what is being asked ([Told]). Like [Mark] that has no width and
// survives whatever the screen does to the line.

const (
	// ReadWidth is the width and the height of a page that is read.
	ReadWidth = 4096
	// ReadRows is how many rows of a list are read at a time.
	ReadRows = 10
)

// Read reports whether a width is one of a page that is read. Screens draw their parts
// somewhat narrower than they are.
func Read(w int) bool { return w >= ReadWidth/4 }

// secretMark stands before the mark of a line whose signs nobody is to hear.
const secretMark = "\x1b_s\x1b\\"

// Told is what a line of a page tells besides its words.
type Told struct {
	Row   int    `json:",omitempty"` // its place in its list, from 1; 0: it is no row
	Of    int    `json:",omitempty"` // how many rows there are
	Cell  int    `json:",omitempty"` // of a table, the column under the cursor, from 1
	At    bool   `json:",omitempty"` // the row is under the cursor
	Prose bool   `json:",omitempty"` // the row is a line of a text; those that lead on have Opens
	Opens bool   `json:",omitempty"`
	Ask   *Asked `json:",omitempty"` // the line is a question
	Value bool   `json:",omitempty"` // the line says what a field holds
	Doubt bool   `json:",omitempty"` // it says that this looks wrong
}

// Asked is what is to be known of a question to turn an answer into keys.
type Asked struct {
	Type   Type
	Name   string // the field's, with those of the lists that it stands in
	Label  string
	At, Of int  // the field's place among those in sight, from 1
	Open   bool // a list stands open for it
	Many   bool // several of the list may be taken
	More   bool // it asks whether more fields are wanted
	Empty  bool
	Faulty bool     // what it holds cannot stay
	Lines  int      // of a long text
	Before []string // what those before it hold that were filled in already
	Row    int      // of a list of members, the one under the cursor, from 1
}

// tell is the sign for it, in ASCII: what measures text takes some bytes of other
// characters for the end of a sign.
func tell(t Told) string {
	data, _ := json.Marshal(t) // of numbers and texts: it cannot fail
	return "\x1b_t" + base64.RawURLEncoding.EncodeToString(data) + "\x1b\\"
}

// Heard is a line as it is read.
type Heard struct {
	Told
	Text   string
	Caret  bool // a line that is typed into stands here
	Label  string
	Secret bool // what is typed into it is not to be shown
}

var (
	toldSign  = regexp.MustCompile("\x1b_t([A-Za-z0-9_-]+)\x1b\\\\")
	ruler     = regexp.MustCompile(`(^|\s)[#=_.|+:~-]{3,}(\s|$)`)
	ornament  = regexp.MustCompile(`^-- (.*) --$`)
	wideSpace = regexp.MustCompile(`\s{2,}`)
)

// Hear takes a line of a page for the ear: what is only to be seen goes, and a gap
// becomes the pause given, as it is spoken.
func Hear(line, pause string) Heard {
	h := Heard{Secret: strings.Contains(line, secretMark)}
	if sign := toldSign.FindStringSubmatch(line); sign != nil {
		data, _ := base64.RawURLEncoding.DecodeString(sign[1]) // tell wrote it
		_ = json.Unmarshal(data, &h.Told)
		if i := strings.Index(line, sign[0]); h.Row > 0 {
			line = line[i:] // the frame of a list
		}
	}
	if before, _, found := strings.Cut(line, Mark); found {
		if label, held, boxed := strings.Cut(before, "["); boxed {
			_, rest, _ := strings.Cut(line[len(before):], "]")
			h.Caret, h.Label = true, clean(label, pause)
			if line = label + "  " + rest; !h.Secret {
				line = label + "  " + held + "  " + rest
			}
		}
	}
	h.Text = clean(line, pause)
	if h.Row > 0 { // a number of its own
		h.Text = strings.TrimPrefix(h.Text, strconv.Itoa(h.Row)+pause)
		h.Text = strings.TrimPrefix(strings.TrimPrefix(h.Text, "* "), "- ") // words say so too
	}
	return h
}

// clean takes out of a line what is only to be seen.
func clean(line, pause string) string {
	s := ansi.Strip(line)
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 0x2500 && r <= 0x259f: // lines, blocks
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = strings.TrimPrefix(strings.TrimSpace(ruler.ReplaceAllString(s, "  ")), "> ")
	if inner := ornament.FindStringSubmatch(s); inner != nil {
		s = inner[1]
	}
	return pauses(s, pause)
}

// pauses puts a pause for each gap but where the words make one themselves.
func pauses(s, pause string) string {
	parts := wideSpace.Split(strings.TrimSpace(s), -1)
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			last := []rune(strings.TrimSpace(parts[i-1]))
			if len(last) > 0 && !unicode.IsPunct(last[len(last)-1]) {
				b.WriteString(pause)
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(p)
	}
	return strings.TrimSpace(b.String())
}

// read is the list as it is read: from the cursor on, or all of a text. A page of it is
// what is read at a time.
func (l *List) read(w int, row func(i, w int) string) []string {
	from, to := max(0, l.cur), min(l.cur+ReadRows, l.n)
	if l.Prose != nil {
		from, to = 0, l.n
	}
	l.top, l.h, l.aloud = from, ReadRows+1, true
	lines := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		t := Told{Row: i + 1, Of: max(l.n, l.All), At: i == l.cur, Prose: l.Prose != nil}
		t.Opens = t.Prose && l.Prose(i)
		lines = append(lines, tell(t)+row(i, w))
	}
	return lines
}

// read is the picker as it is read.
func (p *Picker) read(w int, name func(Option) string) []string {
	var lines []string
	if typed := p.Typed(); typed != "" {
		lines = []string{p.seat.Say("kit.filter") + "  " + text.Line(typed).String()}
	}
	if len(p.found) == 0 {
		return append(lines, p.seat.Say("kit.none_match"))
	}
	return append(lines, p.list.read(w, func(i, _ int) string {
		o := p.options[p.found[i]]
		if o.Path.IsEmpty() {
			return name(o)
		}
		return name(o) + "  " + o.Path.String()
	})...)
}

// named is an option's own name.
func named(o Option) string { return o.Label.String() }

// unnumbered is the name of an option that begins with its number.
func unnumbered(o Option) string { return strings.TrimPrefix(o.Label.String(), o.Code+" ") }

// readGrid is a table as it is read: a row at a time, each number after its heading.
func (s Seat) readGrid(g *Grid) []string {
	g.h, g.top = ReadRows+1, g.row
	var lines []string
	for i := g.row; i < min(g.row+ReadRows, len(g.rows)); i++ {
		r := &g.rows[i]
		var said []string
		for k, cell := range r.Cells {
			if cell = text.Line(cell).String(); k < len(g.columns) && strings.TrimSpace(cell) != "" {
				said = append(said, text.Line(g.columns[k].Head).String()+" "+cell)
			}
		}
		t := Told{Row: i + 1, Of: len(g.rows), Cell: g.col + 1, At: i == g.row}
		lines = append(lines, tell(t)+s.Say("kit.read_row", text.Line(r.Label), strings.Join(said, s.Say("kit.comma"))))
	}
	return lines
}
