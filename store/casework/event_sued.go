package casework

// Sued says that the procuratorate went to court.
type Sued struct {
	Suit    string `codec:"suit" ask:"choice=administrative|civil,required"`
	Court   string `codec:"court" ask:"text,required"`
	Number  string `codec:"number,omitempty" ask:"text"`
	FiledOn string `codec:"filed_on,omitempty" ask:"date,past"`
	Reason  string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumSued.
func (*Sued) Num() Number { return NumSued }

// Kind returns "sue".
func (*Sued) Kind() string { return string(ActSue) }

// Check finds the form's faults.
func (v *Sued) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Sued) apply(f *fold) Why {
	return f.move(ActSue, "")
}
