package casework

// DecidedMatter is what came of a delegated matter. It states its legal basis in
// its own words, so that the case shows what it rested on however the catalogue
// changes afterwards (行政处罚法 art. 59: a decision states its basis and its day).
type DecidedMatter struct {
	Decision  string `codec:"decision" ask:"choice=penalty|enforcement|served|dismissed,required"`
	DecidedOn string `codec:"decided_on" ask:"date,required,past"`
	Laws      string `codec:"laws,omitempty" ask:"text"`
	Document  string `codec:"document,omitempty" ask:"text,max=80"`
	ServedOn  string `codec:"served_on,omitempty" ask:"date,past"`
	Note      string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumDecided.
func (*DecidedMatter) Num() Number { return NumDecided }

// Kind returns "decide_matter".
func (*DecidedMatter) Kind() string { return string(ActDecide) }

// Check finds the form's faults. A penalty and an enforcement have a document and
// a basis, and nothing is served before it is decided.
func (v *DecidedMatter) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	if v.Decision == "penalty" || v.Decision == "enforcement" {
		if v.Laws == "" {
			faults = append(faults, Fault{Field: "laws", Problem: Required})
		}
		if v.Document == "" {
			faults = append(faults, Fault{Field: "document", Problem: Required})
		}
	}
	if len(faults) == 0 && v.ServedOn != "" && v.ServedOn < v.DecidedOn {
		faults = append(faults, Fault{Field: "served_on", Problem: BadDate})
	}
	return faults
}

func (v *DecidedMatter) apply(f *fold) Why { return f.move(ActDecide, "") }
