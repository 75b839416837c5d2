package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// parser collects the faults of one line. It takes only lines that are valid
// JSON, so that reading tokens cannot fail but for what a field may hold.
type parser struct {
	faults []casework.Fault
}

// members say how each field of an object is read. null counts as absent.
type members map[string]func(path string, raw json.RawMessage)

func (p *parser) fault(path string, problem casework.Problem, limit int) {
	p.faults = append(p.faults, casework.Fault{Field: path, Problem: problem, Limit: limit})
}

// caseOf reads the object of a line. It returns the division apart, because
// that decides who answers for the case.
func (p *parser) caseOf(raw []byte, reg *casework.Registered) catalogue.DivisionCode {
	field := func(name casework.Field, read func(string, json.RawMessage) string) func(string, json.RawMessage) {
		return func(path string, raw json.RawMessage) {
			if v := read(path, raw); v != "" {
				reg.Fields[name] = v
			}
		}
	}
	known := members{
		"kind": func(path string, raw json.RawMessage) { reg.Matter = casework.Matter(p.line(path, raw)) },
		"place": func(path string, raw json.RawMessage) {
			p.object(path, raw, members{
				"division": field(casework.FieldDivision, p.line),
				"detail":   field(casework.FieldDetail, p.line),
			})
		},
		"confidential": func(path string, raw json.RawMessage) { reg.Confidential = p.bool(path, raw) },
		"about_units": func(path string, raw json.RawMessage) {
			p.array(path, raw, 0, func(path string, raw json.RawMessage) {
				reg.About = append(reg.About, catalogue.UnitID(p.line(path, raw)))
			})
		},
		"parties": func(path string, raw json.RawMessage) {
			p.array(path, raw, MaxParties, func(path string, raw json.RawMessage) {
				reg.Parties = append(reg.Parties, p.party(path, raw))
			})
		},
		"source": func(path string, raw json.RawMessage) { reg.Source = p.source(path, raw) },
	}
	for _, spec := range casework.AllFields { // Check says which the matter has
		if !strings.Contains(spec.Name, ".") {
			known[spec.Name] = field(casework.Field(spec.Name), p.reader(spec.Type))
		}
	}
	p.object("", raw, known)
	return catalogue.DivisionCode(reg.Fields[casework.FieldDivision])
}

// reader is how a field of the type is read.
func (p *parser) reader(t casework.FieldType) func(string, json.RawMessage) string {
	switch t {
	case casework.TypeLong:
		return p.lines
	case casework.TypeNumber:
		return p.number
	case casework.TypeMoney:
		return p.money
	}
	return p.line
}

// money reads an amount as text or as a number; its form is for the field's spec
// to judge.
func (p *parser) money(path string, raw json.RawMessage) string {
	var n json.Number
	if raw[0] != '"' && json.Unmarshal(raw, &n) == nil {
		return string(n)
	}
	return p.line(path, raw)
}

func (p *parser) party(path string, raw json.RawMessage) casework.Party {
	var party casework.Party
	p.object(path, raw, members{
		"role":      p.into(&party.Role),
		"name":      p.into(&party.Name),
		"phone":     p.into(&party.Phone),
		"id_type":   p.into(&party.IDType),
		"id_number": p.into(&party.IDNumber),
		"gender":    p.into(&party.Gender),
		"address":   p.into(&party.Address),
	})
	return party
}

// source reads the other system's name for the case. Half a name finds nothing
// again, so both parts are asked for.
func (p *parser) source(path string, raw json.RawMessage) casework.Source {
	const longest = 200 // characters
	var s casework.Source
	before := len(p.faults)
	p.object(path, raw, members{"system": p.into(&s.System), "id": p.into(&s.ID)})
	if len(p.faults) > before {
		return s
	}
	for _, part := range []struct{ name, value string }{{"system", s.System}, {"id", s.ID}} {
		switch {
		case part.value == "":
			p.fault(path+"."+part.name, casework.Required, 0)
		case utf8.RuneCountInString(part.value) > longest:
			p.fault(path+"."+part.name, casework.TooLong, longest)
		}
	}
	return s
}

// object reads every member of an object in its order.
func (p *parser) object(path string, raw json.RawMessage, known members) {
	dec, ok := p.open(path, raw, '{')
	if !ok {
		return
	}
	prefix := ""
	if path != "" {
		prefix = path + "."
	}
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		name, isName := token.(string)
		var value json.RawMessage
		if err != nil || !isName || dec.Decode(&value) != nil {
			p.fault(path, casework.BadJSON, 0)
			return
		}
		at := prefix + text.Line(name).String()
		read, ok := known[name]
		switch {
		case !ok:
			p.fault(at, casework.UnknownField, 0)
		case seen[name]:
			p.fault(at, casework.BadJSON, 0) // which of the two was meant?
		case string(value) != "null":
			read(at, value)
		}
		seen[name] = true
	}
}

// array reads every element of an array; at most limit, where that is not 0.
func (p *parser) array(path string, raw json.RawMessage, limit int, read func(path string, raw json.RawMessage)) {
	dec, ok := p.open(path, raw, '[')
	if !ok {
		return
	}
	for i := 0; dec.More(); i++ {
		var value json.RawMessage
		if limit > 0 && i == limit {
			p.fault(path, casework.TooLong, limit)
			return
		}
		if dec.Decode(&value) != nil {
			p.fault(path, casework.BadJSON, 0)
			return
		}
		read(fmt.Sprintf("%s[%d]", path, i), value)
	}
}

// open begins to read an object or an array.
func (p *parser) open(path string, raw json.RawMessage, want json.Delim) (*json.Decoder, bool) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	token, err := dec.Token()
	if err != nil || token != want {
		p.fault(path, casework.BadType, 0)
		return nil, false
	}
	return dec, true
}

func (p *parser) string(path string, raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil || raw[0] != '"' {
		p.fault(path, casework.BadType, 0)
	}
	return s
}

// line reads a text of one line, made safe to draw.
func (p *parser) line(path string, raw json.RawMessage) string {
	return strings.TrimSpace(text.Line(p.string(path, raw)).String())
}

// lines reads a text of several lines, made safe to draw.
func (p *parser) lines(path string, raw json.RawMessage) string {
	return strings.TrimSpace(text.Clean(p.string(path, raw)).String())
}

func (p *parser) into(to *string) func(string, json.RawMessage) {
	return func(path string, raw json.RawMessage) { *to = p.line(path, raw) }
}

// number reads a whole number and returns its digits; whether it is in range is
// for the field's spec to say.
func (p *parser) number(path string, raw json.RawMessage) string {
	var n json.Number
	if raw[0] == '"' || json.Unmarshal(raw, &n) != nil {
		p.fault(path, casework.BadType, 0)
		return ""
	}
	whole, err := strconv.Atoi(string(n))
	if err != nil {
		p.fault(path, casework.BadNumber, 0)
		return ""
	}
	return strconv.Itoa(whole)
}

func (p *parser) bool(path string, raw json.RawMessage) bool {
	var b bool
	if json.Unmarshal(raw, &b) != nil {
		p.fault(path, casework.BadType, 0)
	}
	return b
}
