package store

import (
	"crypto/sha256"
	"fmt"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// aloneUnit stands in a 案号 where a profile without a county has no unit.
const aloneUnit = "L"

// newNumber gives a 案号 without asking anybody: unit, year, a counter of this
// profile, and four check characters of the case's id, so that neither a second
// laptop of the unit nor a restored disk repeats one.
func (t *txn) newNumber(id casework.CaseID, unit catalogue.UnitID, at time.Time) string {
	if unit == "" {
		unit = aloneUnit
	}
	year := at.In(t.cat.Calendar().Location()).Year()
	key := fmt.Sprintf("%s-%d", unit, year)
	if t.st.Numbers == nil {
		t.st.Numbers = map[string]uint64{}
	}
	t.st.Numbers[key]++
	return fmt.Sprintf("%s-%05d-%s", key, t.st.Numbers[key], checkOf(id))
}

// checkOf returns 20 bits of the id's digest as four characters that people
// don't misread.
func checkOf(id casework.CaseID) string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sum := sha256.Sum256(id.UUID[:])
	bits := uint32(sum[0])<<16 | uint32(sum[1])<<8 | uint32(sum[2])
	var out [4]byte
	for i := range out {
		out[i] = letters[bits>>(19-5*i)&31]
	}
	return string(out[:])
}
