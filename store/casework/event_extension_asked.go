package casework

import "casedesk/store/catalogue"

// ExtensionAsked asks whoever answers for the case for a later end of a limit. It
// moves nothing by itself.
type ExtensionAsked struct {
	Limit  catalogue.LimitCode `codec:"limit" ask:"limit,required"`
	Until  string              `codec:"until" ask:"date,required"`
	Reason string              `codec:"reason" ask:"longtext,required"`
}

// Num returns NumExtensionAsked.
func (*ExtensionAsked) Num() Number { return NumExtensionAsked }

// Kind returns "ask_extension".
func (*ExtensionAsked) Kind() string { return string(ActAskExtension) }

// Check finds the form's faults; how long it may become is the catalogue's to say.
func (v *ExtensionAsked) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ExtensionAsked) apply(f *fold) Why {
	if f.running(v.Limit) == nil {
		return WhyNotRunning
	}
	_, why := f.rule(ActAskExtension)
	return why
}
