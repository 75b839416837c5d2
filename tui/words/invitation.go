package words

import (
	"cmp"
	"slices"
	"strings"

	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

// Invitation is a county's answer to a slip: what joining it would mean. Nothing
// has changed yet.
type Invitation struct {
	Enrolment store.Enrolment
	// Unmapped are the codes in use here that the county does not know. What each
	// is there goes into Enrolment.Codes.
	Unmapped []store.UnmappedCode
}

// Slip is the text of a slip as it was typed or pasted: on one line or several.
func Slip(typed string) string { return strings.Join(strings.Fields(typed), "") }

// Options are the codes of a table of any catalogue that are offered for new work,
// places and units too.
func Options(ix *catalogue.Index, t catalogue.Table) []kit.Option {
	var options []kit.Option
	add := func(code, name, above string) {
		options = append(options, kit.NewOption(code, text.Line(name), text.Line(above)))
	}
	switch t {
	case catalogue.TableDivisions:
		for _, row := range ix.Catalogue().Divisions {
			if !row.Retired {
				add(string(row.Code), row.Name, strings.TrimSuffix(ix.DivisionPath(row.Code), row.Name))
			}
		}
	case catalogue.TableUnits:
		for _, row := range ix.Catalogue().Units {
			if row.Retired {
				continue
			}
			above := ""
			if row.Parent != "" {
				above = ix.UnitName(row.Parent)
			}
			add(string(row.ID), row.Name, above)
		}
	default:
		rows := ix.Offered(t)
		if t == catalogue.TableGenders { // whom nobody asked comes last
			slices.SortStableFunc(rows, func(a, b catalogue.Code) int { return cmp.Compare(genderRank(a), genderRank(b)) })
		}
		for _, row := range rows {
			above := ""
			if row.Parent != "" {
				above = ix.CodeName(t, row.Parent)
			}
			name := row.Name
			if t == catalogue.TableItems { // people know an item by its number
				name = row.Code + " " + name
			}
			add(row.Code, name, above)
		}
	}
	return options
}

// genderRank puts the code of an unknown gender, which GB/T 2261.1 lists first,
// behind the others.
func genderRank(c catalogue.Code) int {
	if c.Code == "0" {
		return 1
	}
	return 0
}
