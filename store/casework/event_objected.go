package casework

// Objected is a unit saying that what it was handed is not its business, with the
// reason. It keeps the petition until who handed it over agrees (信访工作条例 art. 23).
type Objected struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumObjected.
func (*Objected) Num() Number { return NumObjected }

// Kind returns "object".
func (*Objected) Kind() string { return string(ActObject) }

// Check finds the form's faults.
func (v *Objected) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Objected) apply(f *fold) Why { return f.move(ActObject, "") }
