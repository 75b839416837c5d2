package store_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that a list shows the light that the case itself has, at the first
// instant that is too late as well.
func TestStore_Rows_Light(t *testing.T) {
	c := newClock()
	s := create(t, t.TempDir(), options(c))
	saved := register(t, s, "排水沟纠纷")
	due := view(t, s, saved.Case).Due
	for _, at := range []struct {
		now  time.Time
		want casework.Light
	}{
		{due.Add(-20 * time.Hour), casework.Green},
		{due.Add(-time.Second), casework.Yellow},
		{due, casework.Red},
		{due.Add(time.Second), casework.Red},
	} {
		c.now = at.now.Add(-time.Second) // it goes on by a second when it is read
		v := view(t, s, saved.Case)
		if v.Light != at.want || len(v.Limits) != 1 || v.Limits[0].Light != at.want {
			t.Errorf("%s: row %s, limits %+v", at.now.Sub(due), v.Light, v.Limits)
		}
		c.now = at.now.Add(-time.Second)
		if list := must[store.List](t)(s.Rows(store.Query{})); list.Rows[0].Light != at.want {
			t.Errorf("%s: list %s", at.now.Sub(due), list.Rows[0].Light)
		}
	}
}
