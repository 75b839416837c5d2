package kit

// Type says how a field is worked.
type Type uint8

// The types.
const (
	Line   Type = iota // one line of text
	Long               // several lines
	Secret             // one line, shown as asterisks
	Date
	Time // a day with a time of day
	Number
	Money
	Bool   // yes or no
	Choice // a few options, all in sight
	Select // one of many options
	Multi  // several of many options
	Rows   // a list of members, each with the fields of Row
)

// FieldSpec describes a field of a form. Screens make it from what an action of
// the case asks for; sentences in it are said already.
type FieldSpec struct {
	Name     string
	Label    string
	Section  string // a heading above the field; "" is none
	Hint     string // shown below while the field has the focus
	Type     Type
	Required bool
	Min      int      // lowest number
	Max      int      // longest text in code points, highest number; 0 is no limit
	Height   int      // lines of a Long field; 0 is 4
	Options  []Option // of Choice, Select and Multi
	Row      []FieldSpec
	// First is what a new row of Rows is opened with, by the rows before it; nil: nothing.
	First   func(before []map[string]string) map[string]string
	Ahead   bool     // a Date or Time that is likely to come
	More    bool     // belongs to the part of the form that is closed until asked for
	Phrases []string // sentences that a Long field offers to take over
	Narrow  bool     // of a Line: a number or code, kept in ASCII whatever the input method sends
	// Propose is what the field could hold while it is empty; nil: nothing. It is asked at
	// every drawing, so it knows the answer already.
	Propose func() Proposal
	// Find looks the options of a Select up that has no list of them: it is given
	// what was typed, or a code, and may do I/O, for it runs in a command.
	Find func(typed string) []Option
	// Full writes out what is typed in short into a Long field, such as days; nil:
	// the text stays as it is.
	Full func(typed string) string
	// Warn gives a sentence about a value that looks wrong and may yet be
	// right: it is shown and hinders nothing. nil or "" is no warning.
	Warn func(value string) string
}

// NewControl makes the control that a spec asks for.
func NewControl(seat Seat, s FieldSpec) Control {
	switch s.Type {
	case Long:
		h := s.Height
		if h == 0 {
			h = 4
		}
		f := NewTextField(h, s.Max)
		f.full = s.Full
		return f
	case Secret:
		return NewSecretField(s.Max)
	case Date:
		return NewDateField(seat, s.Ahead)
	case Time:
		return NewTimeField(seat, s.Ahead)
	case Money:
		return NewMoneyField(seat)
	case Number:
		return NewNumberField(seat, s.Min, s.Max)
	case Bool:
		return NewBoolField(seat)
	case Choice:
		return NewChoiceField(s.Options)
	case Select:
		if s.Find != nil {
			return NewFindField(seat, s.Find)
		}
		return NewSelectField(seat, s.Options)
	case Multi:
		return NewMultiSelect(seat, s.Options)
	case Rows:
		return NewRowsField(seat, s)
	default:
		f := NewInputField(LongLimit)
		f.most, f.narrow = s.Max, s.Narrow
		return f
	}
}
