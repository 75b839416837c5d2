package casework

import (
	"cmp"
	"time"
)

// Replied records what a party was told, and how (事事有回音). Once the matter is
// settled, or not, it is the first desk's to tell them (首问负责).
type Replied struct {
	Reply   string    `codec:"reply" ask:"longtext,required"`
	Way     string    `codec:"way" ask:"choice=phone|visit|desk|letter|online,required"`
	Element ElementID `codec:"element,omitempty" ask:"element"`
	ToldOn  string    `codec:"told_on,omitempty" ask:"date,past"`
}

// Num returns NumReplied.
func (*Replied) Num() Number { return NumReplied }

// Kind returns "reply".
func (*Replied) Kind() string { return string(ActReply) }

// Check finds the form's faults.
func (v *Replied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Replied) apply(f *fold) Why {
	_, why := f.rule(ActReply)
	if why == "" && f.c.State.settled() {
		f.c.Told = cmp.Or(v.ToldOn, f.when.UTC().Format(time.DateOnly))
	}
	return why
}
