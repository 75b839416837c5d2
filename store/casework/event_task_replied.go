package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// TaskReplied answers a task: what was done, or why not. A co-handler answers for
// itself; lead and holder may write down the answer of a unit that has no desk.
type TaskReplied struct {
	Act  EntryID `codec:"act" ask:"act=task,required"`
	Text string  `codec:"text" ask:"longtext,required"`
	Done string  `codec:"done" ask:"choice=yes|no,required"`
}

// Num returns NumTaskReplied.
func (*TaskReplied) Num() Number { return NumTaskReplied }

// Kind returns "reply_task".
func (*TaskReplied) Kind() string { return string(ActReplyTask) }

// Check finds the form's faults.
func (v *TaskReplied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *TaskReplied) apply(f *fold) Why {
	c, unit := f.c, f.e.Unit
	task, given := c.Act(v.Act, ActTask)
	if !given {
		return WhyNoTask
	}
	of := catalogue.UnitID(task.Words["unit"])
	if unit != of && unit != c.Holder && unit != c.Lead && slices.Contains(c.Co, unit) {
		return WhyNotAsked
	}
	if _, why := f.rule(ActReplyTask); why != "" && why != WhyNoTask { // it was answered already
		return why
	}
	f.stopOf(LimitTask, v.Act)
	return ""
}
