package casework

import "slices"

// Concluded ends a petition that was answered: the petitioner is satisfied, or did not
// ask for a review or recheck in time (信访工作条例 art. 35, 36). The latter is no
// satisfaction and is not counted as one: the petition is closed, and the opinion is what
// the petitioner was told.
type Concluded struct {
	Ground      string `codec:"ground" ask:"choice=satisfied|no_request,required"`
	ConcludedOn string `codec:"concluded_on" ask:"date,required,past"`
	Note        string `codec:"note,omitempty" ask:"longtext"`
}

const groundNoRequest = "no_request"

// Num returns NumConcluded.
func (*Concluded) Num() Number { return NumConcluded }

// Kind returns "conclude".
func (*Concluded) Kind() string { return string(ActConclude) }

// Check finds the form's faults.
func (v *Concluded) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Concluded) apply(f *fold) Why {
	to := StateResolved
	if v.Ground == groundNoRequest {
		to = StateClosed
	}
	why := f.move(ActConclude, to)
	if why == "" && to == StateClosed {
		f.unstart(LimitRevisit, LimitRate)
		said := f.c.answer()
		f.c.Outcome, f.c.Reply = said, said
	}
	return why
}

// answer is the last opinion that the petitioner was given.
func (c *Case) answer() string {
	for _, a := range slices.Backward(c.Acts) {
		if a.Action == ActOpinion || a.Action == ActReview {
			return a.Words["opinion"]
		}
	}
	return ""
}
