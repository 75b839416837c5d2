package i18n

import (
	"errors"
	"strconv"
	"strings"

	"casedesk/store/casework"
)

// Advice is an error as a person needs it.
type Advice struct {
	Code    casework.Code
	Message string // what happened
	Safe    bool   // whether what was saved is safe and the outcome known
	Data    string // the same in words
	Next    string // what to do next
}

// String returns the three sentences in one line. Chinese sentences follow one
// another without a space.
func (a Advice) String() string {
	line := ""
	for _, sentence := range []string{a.Message, a.Data, a.Next} {
		if line != "" && sentence != "" && !strings.HasSuffix(line, "。") {
			line += " "
		}
		line += sentence
	}
	return line
}

// Advise tells a person what an error means. An error that is no
// casework.Refusal is an internal one: its text is for logs and is not shown.
func (w *Words) Advise(err error) Advice {
	r := &casework.Refusal{Code: casework.CodeInternal}
	errors.As(err, &r)
	a := w.Error(r.Code)
	switch {
	case len(r.Faults) > 0:
		a.Message = w.T("error.faults", w.Faults(r.Of, r.Faults), Arg("n", len(r.Faults)))
	case r.Why != "" && w.Has("why."+Key(r.Why)):
		a.Message = w.T("why." + Key(r.Why))
	}
	if r.Basis != "" {
		a.Message += w.T("error.basis", r.Basis)
	}
	if data := "data." + Key(r.Why); w.Has(data) {
		a.Data = w.T(data)
	}
	for _, next := range []Key{"next." + Key(r.Code) + "." + r.Field, "next." + Key(r.Why)} {
		if w.Has(next) {
			a.Next = w.T(next)
		}
	}
	if r.Field != "" && len(r.Faults) == 0 {
		a.Message = w.T("error.field", Arg("field", w.FieldOf(r.Of, r.Field)), Arg("message", a.Message))
	}
	if r.Unsafe {
		a.Safe, a.Data = false, w.T("error.unsafe")
	}
	return a
}

// Error tells what a code means by itself; an unknown one counts as internal.
func (w *Words) Error(code casework.Code) Advice {
	if !w.Has("error." + Key(code) + ".message") {
		code = casework.CodeInternal
	}
	key := "error." + Key(code)
	return Advice{
		Code: code, Safe: true,
		Message: w.T(key + ".message"), Data: w.T(key + ".data"), Next: w.T(key + ".next"),
	}
}

// shownFaults is how many faults a sentence lists before it only counts them.
const shownFaults = 3

// Faults lists the first faults of an action's form in one sentence.
func (w *Words) Faults(of casework.Action, faults []casework.Fault) string {
	var list []string
	for _, f := range faults[:min(len(faults), shownFaults)] {
		list = append(list, w.Fault(of, f))
	}
	if more := len(faults) - len(list); more > 0 {
		list = append(list, w.T("error.more", Arg("n", more)))
	}
	return strings.Join(list, w.T("list.separator"))
}

// Fault tells what is wrong with which field of an action's form.
func (w *Words) Fault(of casework.Action, f casework.Fault) string {
	sentence := w.T("fault."+Key(f.Problem), Arg("limit", f.Limit))
	if of == casework.ActRegister && f.Field == "kind" && f.Problem == casework.BadChoice {
		sentence = w.T("fault.bad_kind", Arg("kinds", w.kinds()))
	}
	if f.Field == "" {
		return sentence
	}
	return w.T("fault.of", Arg("field", w.FieldOf(of, f.Field)), Arg("fault", sentence))
}

// kinds are the kinds of matter as an input names them, each with what people call it.
func (w *Words) kinds() string {
	list := make([]string, len(casework.Matters))
	for i, m := range casework.Matters {
		list[i] = w.T("fault.kind", string(m), w.T("matter."+Key(m)))
	}
	return strings.Join(list, w.T("kit.comma"))
}

// FieldOf returns the label of a field in the form of an action: some are called by
// another name there.
func (w *Words) FieldOf(a casework.Action, path string) string {
	if key := "field." + Key(a) + "." + path; w.Has(key) {
		return w.T(key)
	}
	return w.Field(path)
}

// Field returns the label of a field by its path in an input: "title",
// "place.detail", "parties[1].phone" (the second party's telephone). A field
// without a label is called by its path.
func (w *Words) Field(path string) string {
	if w.Has("field." + path) {
		return w.T("field." + path)
	}
	list, rest, indexed := strings.Cut(path, "[")
	index, name, closed := strings.Cut(rest, "]")
	n, err := strconv.Atoi(index)
	if !indexed || !closed || err != nil || !w.Has("field."+list) {
		return w.T("field.unnamed", path)
	}
	member := w.T("field.member", w.T("field."+list), n+1)
	name = strings.TrimPrefix(name, ".")
	if name == "" {
		return member
	}
	return w.T("field.of_member", member, w.Field(name))
}
