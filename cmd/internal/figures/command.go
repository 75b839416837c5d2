// Package figures is the command `report` of both programs: the same reports, the same
// flags, the same words and files, whether the facts are a laptop's or a county's.
package figures

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/store/text"
)

// Desk is who makes reports.
type Desk struct {
	Index *catalogue.Index
	Now   time.Time
	// Make makes one from all that is there. The indexes in its cells are those of the
	// cases that it returns, where those are wanted.
	Make func(name report.Name, in report.Input, cases bool) (report.Sheet, []casework.CaseID, error)
}

// Command returns the command. with opens the desk for a func.
func Command(run *cli.Run, with func(context.Context, func(Desk) error) error) *cobra.Command {
	a := &ask{run: run}
	cmd := &cobra.Command{Use: "report [NAME] [--month 2026-10 | --week 2026-W43 | --period P] [-o FILE]", Args: run.Args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.list()
			}
			return a.report(cmd.Context(), report.Name(args[0]), with)
		}}
	fs := cmd.Flags()
	run.String(fs, &a.month, "month", "2026-10")
	run.String(fs, &a.week, "week", "2026-W43")
	run.String(fs, &a.period, "period", "P")
	run.String(fs, &a.unit, "unit", "U")
	fs.Lookup("unit").Usage = run.Words.T("cli.flag.under")
	run.String(fs, &a.matter, "matter", "M")
	run.String(fs, &a.by, "by", "D")
	run.String(fs, &a.across, "across", "D")
	run.String(fs, &a.measure, "measure", "M")
	run.Bool(fs, &a.cases, "cases")
	run.Output(fs, &a.output)
	return cmd
}

// ask is what the command line asks for.
type ask struct {
	run *cli.Run

	month, week, period, unit, matter, by, across, measure, output string

	cases bool
}

type listedJSON struct {
	Report report.Name `json:"report"`
	Label  string      `json:"label"`
	About  string      `json:"about"`
}

// list tells which reports there are.
func (a *ask) list() error {
	w := a.run.Words
	var list []listedJSON
	for _, r := range report.Reports() {
		list = append(list, listedJSON{r.Name, w.T("report." + string(r.Name)), w.T("report." + string(r.Name) + ".about")})
	}
	if a.run.JSON {
		return cli.Objects(a.run, list)
	}
	table := make([][]text.Text, len(list))
	for i, l := range list {
		table[i] = cli.Cells(string(l.Report), l.Label, l.About)
	}
	return a.run.Table(table)
}

func (a *ask) report(ctx context.Context, name report.Name, with func(context.Context, func(Desk) error) error) error {
	in, err := a.words(name)
	if err != nil {
		return err
	}
	return with(ctx, func(d Desk) error {
		if in.Period, err = a.span(d); err != nil {
			return err
		}
		if in.Under, err = a.under(d.Index); err != nil {
			return err
		}
		in.Now = d.Now
		sheet, cases, err := d.Make(name, in, a.cases)
		if err != nil {
			return err
		}
		p := newPage(a.run.Words, d.Index, &sheet, in.Under)
		if a.cases {
			p.cases = cases
		}
		switch {
		case a.output != "":
			return a.write(p)
		case a.run.JSON:
			return a.run.Object(p.json())
		}
		return a.show(p)
	})
}

// words checks what can be told of the command line by itself.
func (a *ask) words(name report.Name) (report.Input, error) {
	w := a.run.Words
	in := report.Input{Matter: casework.Matter(a.matter), By: a.by, Across: a.across, Measure: a.measure}
	if _, ok := report.Find(name); !ok {
		var names []string
		for _, r := range report.Reports() {
			names = append(names, string(r.Name))
		}
		return in, &cli.Problem{Code: casework.CodeNotFound, Field: "report",
			Message: w.T("cli.report.unknown", string(name)), Next: w.T("cli.report.known", strings.Join(names, " "))}
	}
	var matters []string
	for _, m := range casework.Matters {
		matters = append(matters, string(m))
	}
	for _, f := range []struct {
		flag, value string
		of          []string
		only        []report.Name // that it means anything to; nil: all
	}{
		{"matter", a.matter, matters, nil},
		{"by", a.by, report.Dimensions(), []report.Name{"cross", "speed"}},
		{"across", a.across, report.Dimensions(), []report.Name{"cross"}},
		{"measure", a.measure, report.Measures(), []report.Name{"cross"}},
	} {
		var p *cli.Problem
		switch {
		case f.value == "":
		case f.only != nil && !slices.Contains(f.only, name):
			p = a.run.Usage("cli.report.not_of", "--"+f.flag, string(name))
		case !slices.Contains(f.of, f.value):
			p = a.run.Usage("cli.one_of", "--"+f.flag, strings.Join(f.of, " "))
		}
		if p != nil {
			p.Field = f.flag
			return in, p
		}
	}
	if a.output == "" {
		return in, nil
	}
	if _, ok := writers[strings.ToLower(filepath.Ext(a.output))]; !ok {
		p := a.run.Usage("cli.report.ending", a.output)
		p.Field = "output"
		return in, p
	}
	return in, a.run.MustBeNew(a.output, "output")
}

// span is the period asked for: the present month, if none is.
func (a *ask) span(d Desk) (report.Period, error) {
	zone := d.Index.Calendar().Location()
	asked := slices.DeleteFunc([][2]string{{"month", a.month}, {"week", a.week}, {"period", a.period}}, func(f [2]string) bool { return f[1] == "" })
	if len(asked) == 0 {
		return report.Month(d.Now.In(zone)), nil
	}
	flag, said := asked[0][0], asked[0][1]
	if len(asked) > 1 {
		p := a.run.Usage("cli.report.one_period")
		p.Field = asked[1][0]
		return report.Period{}, p
	}
	p, err := report.ParsePeriod(said, zone, d.Now)
	if err == nil && (flag == "month" && p.Name != report.Month(p.From).Name || flag == "week" && !p.Week()) {
		err = &report.PeriodError{Text: said, Problem: report.PeriodUnclear}
	}
	var wrong *report.PeriodError
	if errors.As(err, &wrong) {
		return p, &cli.Problem{Code: casework.CodeInvalid, Field: flag, Message: a.run.Words.T("period."+string(wrong.Problem), text.Line(said).Short(40).String()),
			Next: a.run.Words.T("cli.report.period"), Err: err}
	}
	return p, err
}

// under finds the unit asked for, by its code or its name.
func (a *ask) under(ix *catalogue.Index) (catalogue.UnitID, error) {
	if _, ok := ix.Unit(catalogue.UnitID(a.unit)); ok || a.unit == "" {
		return catalogue.UnitID(a.unit), nil
	}
	var found []catalogue.UnitID
	for _, u := range ix.Catalogue().Units {
		if u.Name == a.unit {
			found = append(found, u.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", &cli.Problem{Code: casework.CodeNotFound, Field: "unit", Message: a.run.Words.T("cli.report.no_unit", a.unit), Next: a.run.Words.T("cli.report.units")}
	}
	return "", &cli.Problem{Code: casework.CodeAmbiguous, Field: "unit", Message: a.run.Words.T("cli.report.units_of_name", a.unit), Next: a.run.Words.T("cli.report.units")}
}
