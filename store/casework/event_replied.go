package casework

// Replied records what a party was told, and how (seed: “事事有回音”).
type Replied struct {
	Reply   string    `codec:"reply" ask:"longtext,required"`
	Way     string    `codec:"way" ask:"choice=phone|visit|desk|letter|online,required"`
	Element ElementID `codec:"element,omitempty" ask:"element"`
}

// Num returns NumReplied.
func (*Replied) Num() Number { return NumReplied }

// Kind returns "reply".
func (*Replied) Kind() string { return string(ActReply) }

// Check finds the form's faults.
func (v *Replied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Replied) apply(f *fold) Why {
	_, why := f.rule(ActReply)
	return why
}
