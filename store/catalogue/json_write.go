package catalogue

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// WriteJSON writes the catalogue as text that ReadJSON reads and people can
// edit: every row on a line of its own, in published order. The same catalogue
// always gives the same bytes. Errors come from w.
func WriteJSON(w io.Writer, c Catalogue) error {
	out := &writer{Writer: bufio.NewWriter(w)}
	out.WriteString("{\n")
	writeValue(out, "version", c.Version, false)
	writeValue(out, "name", c.Name, false)
	writeValue(out, "published", c.Published, false)
	writeValue(out, "remark", c.Remark, false)
	writeRows(out, TableDivisions, c.Divisions)
	writeRows(out, TableUnits, c.Units)
	writeRows(out, TablePeople, c.People)
	for _, t := range CodeTables() {
		writeRows(out, t, c.Codes(t))
	}
	writeRows(out, TableRiskDuties, c.RiskDuties)
	writeRows(out, TableDuties, c.Duties)
	writeRows(out, TableItems, c.Items)
	writeRows(out, TableClaims, c.Claims)
	writeRows(out, TableResolvers, c.Resolvers)
	writeRows(out, TablePhrases, c.Phrases)
	writeRows(out, TableSettings, c.Settings)
	writeRows(out, TableLimits, c.Limits)
	writeValue(out, TableCalendar, c.Calendar, true)
	out.WriteString("}\n")
	if out.err != nil {
		return fmt.Errorf("write catalogue: %w", out.err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write catalogue: %w", err)
	}
	return nil
}

// writer remembers the first value that could not be encoded.
type writer struct {
	*bufio.Writer
	err error
}

func writeValue[V any](w *writer, name Table, v V, last bool) {
	fmt.Fprintf(w, "%q: %s%s\n", name, w.encoded(v), comma(last))
}

func writeRows[R any](w *writer, t Table, rows []R) {
	fmt.Fprintf(w, "%q: [\n", t)
	for i, row := range rows {
		fmt.Fprintf(w, "  %s%s\n", w.encoded(row), comma(i == len(rows)-1))
	}
	w.WriteString("],\n")
}

func comma(last bool) string {
	if last {
		return ""
	}
	return ","
}

// encoded returns v on one line, with Chinese text and signs as they are.
func (w *writer) encoded(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	return bytes.TrimSpace(b.Bytes())
}
