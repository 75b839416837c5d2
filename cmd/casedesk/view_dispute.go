package main

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// agreementJSON is what the parties agreed and what a court made of it.
type agreementJSON struct {
	Form         string             `json:"form"`
	Due          string             `json:"due,omitempty"`
	EffectiveOn  string             `json:"effective_on"`
	VillageRules string             `json:"village_rules,omitempty"`
	Amount       string             `json:"amount,omitempty"`
	Performed    string             `json:"performed,omitempty"`
	Instalments  []instalmentJSON   `json:"instalments,omitempty"`
	Confirmation string             `json:"confirmation,omitempty"`
	Ruling       string             `json:"ruling,omitempty"`
	Enforceable  bool               `json:"enforceable"`
	Warnings     []casework.Warning `json:"warnings,omitempty"`
}

type instalmentJSON struct {
	On     string `json:"on"`
	Amount string `json:"amount"`
	Paid   bool   `json:"paid"`
}

// courtJSON is a court's request to mediate.
type courtJSON struct {
	Court     catalogue.UnitID `json:"court"`
	CourtName string           `json:"court_name,omitempty"`
	Number    string           `json:"court_number"`
	Stage     string           `json:"court_stage"`
	Result    string           `json:"result,omitempty"`
}

func agreementView(c *casework.Case, ix casework.Lookup) *agreementJSON {
	a := &c.Agreement
	if a.Form == "" {
		return nil
	}
	v := &agreementJSON{Form: safe(a.Form), Due: safe(a.Due), EffectiveOn: safe(a.EffectiveOn), VillageRules: safe(a.VillageRules), Amount: safe(a.Amount),
		Performed: safe(a.Done), Confirmation: safe(a.Confirmation.Result), Ruling: safe(a.Confirmation.Ruling), Enforceable: a.Enforceable()}
	if v.EffectiveOn == "" {
		v.EffectiveOn = a.At.In(ix.Calendar().Location()).Format("2006-01-02")
	}
	for _, part := range a.Instalments {
		v.Instalments = append(v.Instalments, instalmentJSON{safe(part.On), safe(part.Amount), part.Paid || a.Done == "full"})
	}
	if c.State == casework.StateAgreed && a.Confirmation.Result == "" {
		v.Warnings = casework.ConfirmationWarnings(c, ix)
	}
	return v
}

func courtView(c *casework.Case) *courtJSON {
	e := &c.Entrustment
	if e.By.IsZero() {
		return nil
	}
	return &courtJSON{Court: safe(e.Court), CourtName: safe(e.CourtName), Number: safe(e.Number), Stage: safe(e.Stage), Result: safe(e.Result)}
}
