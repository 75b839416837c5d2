package casework

// PetitionerTold records that the petitioner was told in writing what becomes of the
// petition: taken in hand, how and where, or not, and why (信访工作条例 art. 23). One whose
// name or address is not clear cannot be told; that is recorded too.
type PetitionerTold struct {
	ToldOn   string `codec:"told_on" ask:"date,required,past"`
	Way      string `codec:"way" ask:"choice=in_person|post|online|unclear,required"`
	Document string `codec:"document,omitempty" ask:"text,max=80"`
	Note     string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumPetitionerTold.
func (*PetitionerTold) Num() Number { return NumPetitionerTold }

// Kind returns "tell_petitioner".
func (*PetitionerTold) Kind() string { return string(ActTellPetitioner) }

// Check finds the form's faults.
func (v *PetitionerTold) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *PetitionerTold) apply(f *fold) Why { return f.move(ActTellPetitioner, "") }
