package i18n_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
)

// Ensure that a refusal tells the state that a case is in, where the action could be
// done and what leads there, or who may do it.
func TestWords_Refused(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	c := func(m casework.Matter, s casework.State) *casework.Case {
		return &casework.Case{Matter: m, State: s, Registrar: "441621102901", Holder: "441621102", Lead: "441621-zjj"}
	}
	for _, tt := range []struct {
		c    *casework.Case
		a    casework.Action
		why  casework.Why
		want string
	}{
		{c(casework.Dispute, casework.StateAccepted), casework.ActSignFor, casework.WhyState,
			"案件现在是「已受理」，「签收」只能在「交办待签收」时做。可以先做：交办（assign）。"},
		{c(casework.Dispute, casework.StateClosed), casework.ActSignFor, casework.WhyState,
			"案件现在是「已结案」，「签收」只能在「交办待签收」时做。"},
		{c(casework.Dispute, casework.StateSuspended), casework.ActMediate, casework.WhyState,
			"案件现在是「已中止」，「调解」只能在「已受理、办理中」时做。可以先做：恢复办理（resume）。"},
		{c(casework.Dispute, casework.StateClosed), casework.ActRisk, casework.WhyState, "案件现在是「已结案」，这时不能「记风险」。"},
		{c(casework.Dispute, casework.StateMerged), casework.ActAmend, casework.WhyState, "案件现在是「已并案」，这时不能「修改」。"},
		{c(casework.Dispute, casework.StateAssigned), casework.ActSignFor, casework.WhyNotLead,
			"这一步要由主办单位来做。由主办单位（" + ix.UnitName("441621-zjj") + "）来做，岗位是调解员、综治中心、平安办、经办人、法院、法庭、检察院。"},
		// The court that was called in may take an application up; another guest may not (Rule.Beside).
		{c(casework.Dispute, casework.StateConfirming), casework.ActAcceptConfirmation, casework.WhyRole,
			"您的岗位不能做这一步。由负责单位（" + ix.UnitName("441621102") + "）、主办单位（" + ix.UnitName("441621-zjj") +
				"）来做，岗位是调解员、综治中心、平安办、经办人、法院、法庭；由受邀参与的单位来做，岗位是法院、法庭。"},
		{c(casework.Dispute, casework.StateAccepted), casework.ActClose, casework.WhyState,
			"案件现在是「已受理」，「结案」只能在「已化解、调解不成、不予受理」时做。可以先做：当场化解（settle_on_spot）、不予受理（refuse）。"},
		{c(casework.Dispute, casework.StateRegistered), casework.ActSuspend, casework.WhyState,
			"案件现在是「已登记」，「中止」只能在「已受理、交办待签收、办理中」时做。可以先做：受理（accept）。"},
		// Nobody refuses a case in order to reopen it, or assigns it in order to return it.
		{c(casework.Dispute, casework.StateAccepted), casework.ActReopen, casework.WhyState,
			"案件现在是「已受理」，「重开」只能在「已化解、调解不成、不予受理、已结案、咨询办结、已移送」时做。"},
		{c(casework.Dispute, casework.StateAccepted), casework.ActReturn, casework.WhyState,
			"案件现在是「已受理」，「退回」只能在「交办待签收、办理中」时做。"},
		{c("", ""), casework.ActNote, casework.WhyNoCase, "案件的登记还没有送到。"},
	} {
		if got := i18n.New(i18n.ZH).Refused(tt.c, tt.a, tt.why, ix); got != tt.want {
			t.Errorf("%s in %s:\n%s, want\n%s", tt.a, tt.c.State, got, tt.want)
		}
	}
	want := "Your role does not do this. It is for a unit that answers for it (" + ix.UnitName("441621102") + "), stands above who answers for it, by role Mediator, Governance centre, Peace office."
	if got := i18n.New(i18n.EN).Refused(c(casework.Dispute, casework.StateRegistered), casework.ActAccept, casework.WhyRole, ix); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Ensure that what is wrong with a form calls its fields as the form does.
func TestWords_Advise_FieldOf(t *testing.T) {
	w := i18n.New(i18n.ZH)
	faults := []casework.Fault{{Field: "at", Problem: casework.BadDate}, {Field: "note", Problem: casework.Required}}
	a := w.Advise(&casework.Refusal{Code: casework.CodeInvalid, Faults: faults, Of: casework.ActContact})
	if want := "有 2 处填写不对：联系时间：" + w.T("fault.bad_date") + "；说明：必须填写。"; a.Message != want {
		t.Errorf("%q, want %q", a.Message, want)
	}
	a = w.Advise(&casework.Refusal{Code: casework.CodeNotFound, Field: "to", Of: casework.ActAskReview})
	if want := "复查单位：没有找到。"; a.Message != want {
		t.Errorf("%q, want %q", a.Message, want)
	}
}
