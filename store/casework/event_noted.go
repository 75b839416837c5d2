package casework

// Noted is a remark. It is always allowed, so that nobody's words have nowhere
// to go.
type Noted struct {
	Note string `codec:"note" ask:"longtext,required"`
}

// Num returns NumNoted.
func (*Noted) Num() Number { return NumNoted }

// Kind returns "note".
func (*Noted) Kind() string { return string(ActNote) }

// Check finds an empty note.
func (n *Noted) Check(ix Lookup) []Fault { return checkForm(n, "", ix) }

func (n *Noted) apply(f *fold) Why {
	f.c.Notes = append(f.c.Notes, Note{By: f.e.UID, Text: n.Note})
	return ""
}
