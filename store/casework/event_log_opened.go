package casework

// LogOpened is the first entry of every log: who writes in it and why it was
// opened. It is about the log, not about a case.
type LogOpened struct {
	Profile  string    `codec:"profile"`
	Name     string    `codec:"name"` // the person's own name for the profile
	Reason   LogReason `codec:"reason"`
	Key      []byte    `codec:"key"` // Ed25519 public key that signs the log's entries
	Previous LogID     `codec:"previous"`
	LastSeq  uint64    `codec:"last_seq"`  // of the previous log
	LastHash []byte    `codec:"last_hash"` // of the previous log's last entry
}

// LogReason says why a log was opened.
type LogReason string

// The reasons; append-only.
const (
	LogCreated  LogReason = "created"  // a new profile
	LogEnrolled LogReason = "enrolled" // the profile joined a county
	LogRestored LogReason = "restored" // the file is an older copy of itself
	LogForked   LogReason = "forked"   // the county knows another continuation
	LogEpoch    LogReason = "epoch"    // the county's own log after a restore
)

// Num returns NumLogOpened.
func (*LogOpened) Num() Number { return NumLogOpened }

// Kind returns "log_opened".
func (*LogOpened) Kind() string { return "log_opened" }

// Check finds no faults: only programs write it.
func (*LogOpened) Check(Lookup) []Fault { return nil }

func (*LogOpened) apply(*fold) Why { return "" }
