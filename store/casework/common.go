package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// commonRules are about the case as a record, whatever its matter: remarks,
// corrections, confidentiality, decisions.
func commonRules(p phases) []Rule {
	return []Rule{
		{Action: ActNote, Group: GroupRecord, From: p.all,
			Who: Anyone, Roles: everybody, Many: true,
			New: func() Event { return new(Noted) }},
		{Action: ActReply, Group: GroupRecord, From: slices.DeleteFunc(slices.Clone(p.all), func(s State) bool { return s == StateVoided }),
			Who: Anyone, Roles: everybody, Kept: true,
			New: func() Event { return new(Replied) }},
		{Action: ActAmend, Group: GroupCorrect, From: p.running,
			Who: Anyone, Roles: everybody,
			New: func() Event { return new(Amended) }},
		{Action: ActAddParty, Group: GroupCorrect, From: p.running,
			Who: Anyone, Roles: everybody,
			New: func() Event { return new(PartyAdded) }},
		{Action: ActRemoveParty, Group: GroupCorrect, From: p.running,
			Who: Anyone, Roles: everybody,
			New: func() Event { return new(PartyRemoved) }},
		{Action: ActConfide, Group: GroupCorrect, From: p.running,
			Who: Registrar | Holder | Superior, Roles: field,
			New: func() Event { return new(Confided) }},
		{Action: ActSettle, Group: GroupCorrect, From: p.all,
			Who: Holder | Superior, Roles: desk,
			New: func() Event { return new(Settled) }},
		// A held registration has not made a case yet: its state is empty.
		{Action: ActRelease, Group: GroupCorrect, From: append(states{""}, p.all...),
			Who: Holder | Superior, Roles: roles{catalogue.Office},
			New: func() Event { return new(Released) }},
	}
}
