package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/sync/county"
)

type exportedJSON struct {
	File    string `json:"file"`
	Version uint64 `json:"version"`
	Units   int    `json:"units"`
	People  int    `json:"people"`
}

// workbookFaultJSON is a fault where a person finds it: the column is its letter
// and its header.
type workbookFaultJSON struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Error  string `json:"error"`
}

func newCatalogue(c *config) *cobra.Command {
	cmd := &cobra.Command{Use: "catalogue COMMAND", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return c.run.NoCommand(cmd, args) }}
	var builtIn bool
	export := &cobra.Command{Use: "export FILE [--sample]", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.export(cmd.Context(), args[0], builtIn) }}
	c.run.Bool(export.Flags(), &builtIn, "sample")
	cmd.AddCommand(export,
		&cobra.Command{Use: "check FILE", Args: c.run.Args(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.renew(cmd.Context(), args[0], true) }},
		&cobra.Command{Use: "apply FILE", Args: c.run.Args(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.renew(cmd.Context(), args[0], false) }})
	return cmd
}

// export writes the county's catalogue, or the sample, as a workbook. Names and
// telephone numbers are in it, so the file is its owner's alone.
func (c *config) export(ctx context.Context, file string, builtIn bool) error {
	if !isWorkbook(file) {
		p := c.run.Usage("cli.county.xlsx", file)
		p.Field = "file"
		return p
	}
	cat := sample.Catalogue()
	if !builtIn {
		err := c.ask(ctx, func(o county.Office) (err error) {
			cat, err = o.Catalogue(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := workbook.Write(&b, cat); err != nil {
		return err
	}
	out, err := c.run.CreateSecret(file, "file")
	if err != nil {
		return err
	}
	if err := out.WriteAll(b.Bytes()); err != nil {
		out.Discard()
		return c.run.BadFile(file, "file", err)
	}
	if c.run.JSON {
		return c.run.Object(exportedJSON{File: file, Version: cat.Version, Units: len(cat.Units), People: len(cat.People)})
	}
	return c.run.Print("cli.county.exported", cat.Version, file)
}

// renew publishes a workbook as the county's next catalogue, or tells everything
// that is wrong with it; dry, it only tells.
func (c *config) renew(ctx context.Context, file string, dry bool) error {
	book, err := c.workbook(file)
	if err != nil {
		return err
	}
	done := county.Renewal{}
	if book.Whole() {
		err = c.ask(ctx, func(o county.Office) (err error) {
			done, err = o.Renew(ctx, book.Catalogue, dry || len(book.Faults) > 0)
			return err
		})
		if dry && errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound, Why: whyNoCounty}) {
			done, err = unfounded(book.Catalogue), nil
		}
		if err != nil {
			return err
		}
	}
	if err := c.refuseWorkbook(book.Locate(done.Faults)); err != nil {
		return err
	}
	if c.run.JSON {
		return c.run.Object(done)
	}
	return c.tellRenewal(done, dry)
}

// unfounded judges a workbook that a county is yet to be made from.
func unfounded(given catalogue.Catalogue) county.Renewal {
	cat := catalogue.First(given)
	return county.Renewal{Version: cat.Version, Units: len(cat.Units), People: len(cat.People),
		Changes: catalogue.Changes(catalogue.Catalogue{}, cat), Faults: catalogue.Validate(cat)}
}

func (c *config) tellRenewal(done county.Renewal, dry bool) error {
	var table [][]text.Text
	for _, t := range workbook.Tables() {
		if n := done.Changes[t]; n > 0 {
			table = append(table, cli.Cells("  "+workbook.Name(t), c.run.Words.T("cli.county.rows", n)))
		}
	}
	if err := c.run.Table(table); err != nil {
		return err
	}
	w := c.run.Words
	for _, l := range done.Lengths {
		key := i18n.Key("cli.county.length")
		if l.Basis == "law" {
			key = "cli.county.length_by_law"
		}
		if err := c.run.Line(w.T(key, brief(l.Name), spanText(w, l.From), spanText(w, l.To), brief(l.Source))); err != nil {
			return err
		}
	}
	switch {
	case done.Published:
		return c.run.Print("cli.county.published", done.Version)
	case dry && len(done.Changes) > 0:
		return c.run.Print("cli.county.checked", done.Version)
	}
	return c.run.Print("cli.county.unchanged", done.Version)
}

func spanText(w *i18n.Words, s catalogue.Span) string {
	return w.T("span."+string(s.Unit), i18n.Arg("n", s.N))
}

// isWorkbook tells a workbook from JSON by its name.
func isWorkbook(file string) bool { return strings.EqualFold(filepath.Ext(file), ".xlsx") }

// workbook reads a workbook; what is wrong with it is told by itself.
func (c *config) workbook(file string) (*workbook.Book, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, c.run.BadFile(file, "file", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, workbook.MaxFile+1))
	if err != nil {
		return nil, c.run.BadFile(file, "file", err)
	}
	return workbook.Read(b), nil
}

// whole drops what the catalogue's rules say of a file that is no workbook.
func whole(book *workbook.Book, rules []catalogue.Fault) []catalogue.Fault {
	if book.Whole() {
		return rules
	}
	return nil
}

// refuseWorkbook writes every fault and refuses the workbook; without any it does
// nothing.
func (c *config) refuseWorkbook(faults []workbook.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	w := c.run.Words
	for _, f := range faults {
		f.Sheet, f.Header, f.Value = brief(f.Sheet), brief(f.Header), brief(f.Value)
		line := workbookFaultJSON{Sheet: f.Sheet, Row: f.Row, Column: strings.TrimSpace(f.Column + " " + f.Header), Value: f.Value, Error: c.wrong(f)}
		var err error
		switch {
		case c.run.JSON:
			err = cli.Objects(c.run, []workbookFaultJSON{line})
		case f.Sheet == "": // the file as a whole
			err = c.run.Line(line.Error)
		case f.Row == 0:
			err = c.run.Print("workbook.on", i18n.Arg("sheet", line.Sheet), i18n.Arg("error", line.Error))
		default:
			err = c.run.Print("workbook.at", i18n.Arg("sheet", line.Sheet), i18n.Arg("row", f.Row), i18n.Arg("column", line.Column), i18n.Arg("error", line.Error))
		}
		if err != nil {
			return err
		}
	}
	return &cli.Problem{Code: casework.CodeInvalid, Field: "file", Message: w.T("cli.county.bad_workbook", len(faults)), Next: w.T("cli.county.mend_workbook")}
}

// wrong says what is wrong and what to do, as closely as there are words for it.
func (c *config) wrong(f workbook.Fault) string {
	said := c.problem(f)
	if f.Hidden {
		return c.run.Words.T("workbook.hidden", i18n.Arg("error", said))
	}
	return said
}

func (c *config) problem(f workbook.Fault) string {
	keys := []string{"workbook." + string(f.Problem) + "." + f.Field, "workbook." + string(f.Problem)}
	if f.Table != "" {
		closest := "workbook." + string(f.Problem) + "." + string(f.Table)
		if f.Field != "" {
			closest += "." + f.Field
		}
		keys = append([]string{closest}, keys...)
	}
	for _, key := range keys {
		if c.run.Words.Has(key) {
			return c.run.Words.T(key, i18n.Arg("value", f.Value), i18n.Arg("cases", f.Cases), i18n.Arg("people", f.People))
		}
	}
	return string(f.Problem)
}

// brief is what is told of a cell: enough to find it by, however much is in it.
func brief(s string) string {
	const most = 80
	runes := []rune(text.Line(s).String())
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
