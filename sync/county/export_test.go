package county

import (
	"encoding/binary"

	"casedesk/store/casework"
)

// KeepFolds keeps n folds of cases with so many bytes, and returns how many are
// left and what they count for.
func KeepFolds(n int, size uint64) (left int, total uint64) {
	f := folds{cases: map[casework.CaseID]*folded{}}
	for i := range n {
		var id casework.CaseID
		binary.BigEndian.PutUint64(id.UUID[:], uint64(i))
		f.keep(id, &caseRow{Bytes: size}, &casework.Case{})
	}
	return len(f.cases), f.size
}
