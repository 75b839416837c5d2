package casework

import "casedesk/store/catalogue"

// HandedOver is the last word in a log of a worker who hands her laptop on: who
// is to have it. It is about the log, not about a case. Whatever follows it takes
// it back.
type HandedOver struct {
	To     catalogue.UserID `codec:"to"`
	Remark string           `codec:"remark,omitempty"`
}

// Num returns NumHandedOver.
func (*HandedOver) Num() Number { return NumHandedOver }

// Kind returns "handed_over".
func (*HandedOver) Kind() string { return "handed_over" }

// Check finds no faults: only programs write it.
func (*HandedOver) Check(Lookup) []Fault { return nil }

func (*HandedOver) apply(*fold) Why { return "" }

// TakenOver answers it in the log of the next worker: it names the entry that
// handed the laptop to her. When the county admits it, the laptop before is revoked.
type TakenOver struct {
	Log  LogID  `codec:"log"`
	Seq  uint64 `codec:"seq"`
	Hash []byte `codec:"hash"`
}

// Num returns NumTakenOver.
func (*TakenOver) Num() Number { return NumTakenOver }

// Kind returns "taken_over".
func (*TakenOver) Kind() string { return "taken_over" }

// Check finds no faults: only programs write it.
func (*TakenOver) Check(Lookup) []Fault { return nil }

func (*TakenOver) apply(*fold) Why { return "" }
