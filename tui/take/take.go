// Package take is the screen on which the next worker takes a laptop over that
// was handed to her: her slip and a passphrase of her own, the recovery code on
// paper, what she takes over, and her signature. What makes profiles and speaks to
// the county is handed to the screen; each step may be done again after whatever
// stopped it.
package take

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/seal"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Steps are what taking over is made of. They block, and their errors are
// casework.Refusals.
type Steps struct {
	// Look tells, without a key, whether a laptop waits for the next worker.
	Look func() words.Handed
	// Prepare makes her profile beside the one before, or opens the one that was
	// begun, and tells what she would take over. Nothing is signed. With an error it
	// may still tell a code.
	Prepare func(slip, passphrase string) (*words.Taking, error)
	// Sign signs, lets the county confirm it, destroys the profile before and opens
	// hers. proved: the recovery code is on paper.
	Sign func(passphrase string, proved bool) (*store.Store, error)
	// Drop gives up what was begun.
	Drop func() error
}

// Screen asks for slip and passphrase, shows the code, then what is taken over.
type Screen struct {
	desk  words.Desk
	steps Steps

	handed     words.Handed
	form       *kit.Form // nil until it is known whether somebody began
	passphrase string    // the one that was prepared with
	taking     *words.Taking
	code       *seal.RecoveryCode // to be shown before she signs; nil: it was, or there is none
	paper      *words.Paper       // shows it now
	proved     bool
	top        int    // the first case shown
	doing      string // key of the sentence on what is going on; empty: nothing
	err        error
}

// New makes the screen.
func New(d words.Desk, steps Steps) *Screen { return &Screen{desk: d, steps: steps} }

type (
	lookedMsg   struct{ handed words.Handed }
	preparedMsg struct {
		taking *words.Taking
		err    error
	}
	signedMsg struct {
		store *store.Store
		err   error
	}
	dropMsg    struct{} // begin anew
	droppedMsg struct{ err error }
	leaveMsg   struct{} // go on without the check of the paper
)

// Init looks how far it is.
func (s *Screen) Init() tea.Cmd { return s.look() }

func (s *Screen) look() tea.Cmd {
	look := s.steps.Look
	return func() tea.Msg { return lookedMsg{look()} }
}

// reviewing reports whether what is taken over is shown.
func (s *Screen) reviewing() bool { return s.taking != nil && s.paper == nil }

// Keys are those of the form, of the paper, or of the signature.
func (s *Screen) Keys() kit.Table {
	switch {
	case s.paper != nil:
		return s.paper.Keys()
	case s.reviewing():
		return kit.Table{
			{ID: "sign", Keys: []string{"f2", "ctrl+s"}, Help: "key.take_over", Off: s.busy},
			{ID: "back", Keys: []string{"esc"}, Help: "key.back", Off: s.busy},
			{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
			{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
		}
	case s.form != nil:
		keys := s.form.KeysWith("key.take_read")
		if s.handed.Begun {
			keys = append(keys, kit.Binding{ID: "anew", Keys: []string{"f6"}, Help: "key.take_anew"})
		}
		return keys
	}
	return kit.Table{{ID: "back", Keys: []string{"esc"}, Help: "key.back"}}
}

func (s *Screen) busy() string {
	if s.doing != "" {
		return s.desk.T(s.doing)
	}
	return ""
}

// Typing reports whether the form or the paper has the focus.
func (s *Screen) Typing() bool { return s.paper != nil || s.form != nil && !s.reviewing() }

// Update takes keys and what came of the steps.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case lookedMsg:
		s.looked(msg.handed)
	case preparedMsg:
		return s.prepared(msg)
	case signedMsg:
		return s.signed(msg)
	case droppedMsg:
		s.doing, s.err, s.form, s.code = "", msg.err, nil, nil
		return s.look()
	case dropMsg:
		s.doing, s.err = "take.dropping", nil
		drop := s.steps.Drop
		return func() tea.Msg { return droppedMsg{drop()} }
	case leaveMsg:
		s.code, s.paper = nil, nil
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case s.doing != "":
		case s.paper != nil:
			return s.wrote(msg)
		case s.reviewing():
			return s.review(msg)
		default:
			return s.typed(msg)
		}
	}
	return nil
}

func (s *Screen) looked(h words.Handed) {
	was := s.handed.Begun
	if s.handed = h; s.form == nil || was != h.Begun {
		s.form = s.newForm()
	}
}

// newForm asks for slip and new passphrase; where somebody began, for hers, and
// what was typed stays.
func (s *Screen) newForm() *kit.Form {
	d := s.desk
	slip := kit.FieldSpec{Name: "slip", Label: d.T("setup.slip"), Type: kit.Long, Required: !s.handed.Begun, Max: 600, Height: 3, Hint: d.T("enrol.hint")}
	secret := kit.FieldSpec{Name: "passphrase", Label: d.T("setup.new_passphrase"), Type: kit.Secret, Required: true, Max: 200, Hint: d.T("setup.passphrase_hint", words.MinPassphrase)}
	specs := []kit.FieldSpec{slip, secret, {Name: "again", Label: d.T("setup.again"), Type: kit.Secret, Required: true, Max: 200}}
	if s.handed.Begun {
		slip.Hint, secret.Label, secret.Hint = d.T("take.slip_hint"), d.T("setup.passphrase"), d.T("take.passphrase_hint")
		specs = []kit.FieldSpec{secret, slip}
	}
	form := kit.NewForm(d.Seat(), "take", specs)
	if s.form != nil {
		form.Set("slip", s.form.Value("slip"))
		form.Set("passphrase", s.form.Value("passphrase"))
	}
	return form
}

func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	k, isKey := msg.(tea.KeyPressMsg)
	b, bound := kit.Binding{}, false
	if isKey {
		b, bound = s.Keys().Find(k, s.Typing())
	}
	switch {
	case s.form == nil:
		if bound {
			return words.Tell(words.BackMsg{})
		}
		return nil
	case bound && b.ID == "anew":
		return words.Tell(words.AskMsg{
			Title: s.desk.T("take.title"),
			Lines: []string{s.desk.T("take.anew_question")},
			Choices: []words.Choice{
				{Label: s.desk.T("take.anew_no")},
				{Label: s.desk.T("take.anew_yes"), Msg: dropMsg{}},
			},
		})
	}
	switch act, cmd := s.form.Update(msg); act {
	case kit.ActSave:
		return s.prepare()
	case kit.ActLeave:
		return words.Tell(words.BackMsg{})
	default:
		return cmd
	}
}

func (s *Screen) prepare() tea.Cmd {
	value := func(name string) string { return s.form.Value(name).Text }
	if !s.handed.Begun {
		if faults := s.desk.PassphraseFaults(value("passphrase"), value("again")); len(faults) > 0 {
			s.form.Refuse(faults)
			return nil
		}
	}
	s.passphrase, s.doing, s.err = value("passphrase"), "take.preparing", nil
	slip, passphrase, prepare := words.Slip(value("slip")), s.passphrase, s.steps.Prepare
	return func() tea.Msg {
		taking, err := prepare(slip, passphrase)
		return preparedMsg{taking, err}
	}
}

// prepared shows the code first, where one was made, whichever try made it.
func (s *Screen) prepared(msg preparedMsg) tea.Cmd {
	s.doing, s.err = "", msg.err
	if msg.taking != nil && msg.taking.Code != nil {
		s.code, s.proved = msg.taking.Code, false
	}
	if msg.err != nil {
		return s.look()
	}
	if s.taking, s.top = msg.taking, 0; s.code != nil {
		s.paper = words.NewPaper(s.desk, *s.code)
	}
	return nil
}

// wrote takes what was typed back from the paper.
func (s *Screen) wrote(msg tea.Msg) tea.Cmd {
	switch proved, left := s.paper.Update(msg); {
	case proved:
		s.code, s.paper, s.proved = nil, nil, true
	case left:
		return words.Tell(words.AskMsg{
			Title: s.desk.T("setup.code_title"),
			Lines: []string{s.desk.T("setup.leave_question")},
			Choices: []words.Choice{
				{Label: s.desk.T("setup.leave_no")},
				{Label: s.desk.T("take.leave"), Msg: leaveMsg{}},
			},
		})
	}
	return nil
}

// pageOf is how many cases a page goes on.
const pageOf = 8

func (s *Screen) review(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch b, bound := s.Keys().Find(k, false); {
	case !bound:
	case b.ID == "sign":
		s.doing, s.err = "take.signing", nil
		passphrase, proved, sign := s.passphrase, s.proved, s.steps.Sign
		return func() tea.Msg {
			opened, err := sign(passphrase, proved)
			return signedMsg{opened, err}
		}
	case b.ID == "back":
		return words.Tell(words.BackMsg{Note: s.desk.T("take.later")})
	default:
		step := map[string]int{"down": 1, "up": -1, "pgdown": pageOf, "pgup": -pageOf}[kit.KeyName(k)]
		s.top = max(0, min(s.top+step, len(s.taking.Cases)-1))
	}
	return nil
}

// signed opens her desk, or says what is wanting. What the county refuses is
// dropped, so it begins anew with another slip; all else can be signed again.
func (s *Screen) signed(msg signedMsg) tea.Cmd {
	s.doing, s.err = "", msg.err
	if msg.err == nil {
		return words.Tell(words.OpenedMsg{Store: msg.store})
	}
	var r *casework.Refusal
	if errors.As(msg.err, &r) && (r.Code == casework.CodeHeld || r.Code == casework.CodeWrongCounty) {
		s.taking, s.form, s.passphrase = nil, nil, ""
	}
	return s.look()
}

// Page shows where it is.
func (s *Screen) Page(w, h int) kit.Page {
	page := kit.Page{Title: s.desk.T("take.title")}
	body := kit.NewSheet(w, h)
	var wrong []string
	if s.err != nil {
		wrong = append([]string{""}, s.advice(w)...)
	}
	switch {
	case s.paper != nil:
		page.Title = s.desk.T("setup.code_title")
		s.paper.Draw(body, w, h)
	case s.doing != "":
		body.Say(kit.Plain, s.desk.T(s.doing))
	case s.reviewing():
		s.summary(body, h-len(wrong))
		body.Part(wrong...)
	case s.form != nil:
		key := "take.intro"
		if s.handed.Begun {
			key = "take.begun"
		}
		body.Say(kit.Plain, s.desk.T(key))
		body.Gap()
		body.Part(s.form.Lines(w, h-body.Len()-len(wrong))...)
		body.Part(wrong...)
	}
	page.Body = body.Lines()
	return page
}

// summary says who takes over what from whom, in h lines.
func (s *Screen) summary(body *kit.Sheet, h int) {
	d, t := s.desk, s.taking
	at := time.UnixMilli(t.Word.At).In(d.Now().Location()).Format("2006-01-02 15:04")
	say := func(ink kit.Ink, key string, args ...any) { body.Say(ink, d.T(key, args...)) }
	say(kit.Strong, "take.who", t.Me, strings.Join(t.Units, d.T("list.separator")), t.County)
	say(kit.Plain, "take.fingerprint", t.Fingerprint)
	switch {
	case t.Word.At == 0 && t.Before != "":
		say(kit.Plain, "take.from", t.Before)
	case t.Before != "":
		say(kit.Plain, "take.from_at", t.Before, at)
	case t.Word.At != 0:
		say(kit.Plain, "take.at", at)
	}
	if t.Before == "" {
		say(kit.Warning, "take.unknown")
	}
	if t.Word.At != 0 {
		say(kit.Plain, "take.counted", t.Word.Cases, t.Word.Open, t.Word.Todo)
	}
	key := "take.delivered"
	if t.Word.BackedUp {
		key = "take.backed_up"
	}
	say(kit.Plain, key)
	body.Gap()
	if len(t.Cases) == 0 {
		say(kit.Plain, "take.sign")
		return
	}
	say(kit.Strong, "take.cases", len(t.Cases))
	end := len(kit.Wrap(d.T("take.sign"), body.Width(), kit.Plain)) + 1
	room := max(1, h-body.Len()-end)
	shown := t.Cases[s.top:]
	if len(shown) > room {
		shown = shown[:room-1]
	}
	var rows [][]string
	for _, row := range shown {
		rows = append(rows, []string{words.Tail(row.Number), words.Clean(row.Title), d.State(row.State)})
	}
	body.Line(kit.Columns(rows, body.Width())...)
	if rest := len(t.Cases) - s.top - len(shown); rest > 0 {
		say(kit.Plain, "take.more", rest)
	}
	body.Gap()
	say(kit.Plain, "take.sign")
}

// advice tells of an error. Without a network the person has to try again.
func (s *Screen) advice(w int) []string {
	var r *casework.Refusal
	if !errors.As(s.err, &r) || r.Code != casework.CodeOffline && r.Why != store.WhyNotAnswered {
		return s.desk.Advice(s.err, w)
	}
	lines := kit.Signed(kit.Danger, "! ", s.desk.Advise(s.err).Message, w)
	return append(lines, kit.Signed(kit.Plain, "  ", s.desk.T("take.again"), w)...)
}
