package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"casedesk/store/text"
)

// Object writes v as one line of JSON and sends it on its way, so that whoever
// reads along has whole lines.
func (r *Run) Object(v any) error {
	if err := r.object(v); err != nil {
		return err
	}
	return r.out.Flush()
}

// Objects writes each element as one line of JSON.
func Objects[T any](r *Run, list []T) error {
	for _, v := range list {
		if err := r.object(v); err != nil {
			return err
		}
	}
	return nil
}

func (r *Run) object(v any) error {
	line, err := jsonLine(v)
	if err == nil {
		_, err = r.out.WriteString(line)
	}
	if err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// jsonLine encodes v so that a terminal, too, can be shown it: what it would act
// on, turn or hide is written as JSON's escapes, which mean the same.
func jsonLine(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "", err
	}
	line := b.String()
	if !text.Dirty(line) {
		return line, nil
	}
	var safe strings.Builder
	for _, c := range line {
		if !text.Dirty(string(c)) {
			safe.WriteRune(c)
			continue
		}
		for _, unit := range utf16.Encode([]rune{c}) {
			fmt.Fprintf(&safe, `\u%04x`, unit)
		}
	}
	return safe.String(), nil
}

// Print writes one line for people: the sentence under the key.
func (r *Run) Print(key string, args ...any) error { return r.Line(r.Words.T(key, args...)) }

// Line writes one line for people and sends it on its way. The text must be
// safe to draw.
func (r *Run) Line(line string) error {
	if _, err := fmt.Fprintln(r.out, line); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return r.out.Flush()
}

// Table writes rows for people, their columns aligned by terminal cells.
func (r *Run) Table(rows [][]text.Text) error {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cell.OneLine().Width())
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			line.WriteString(cell.Pad(widths[i]).String())
		}
		if _, err := fmt.Fprintln(r.out, strings.TrimRight(line.String(), " ")); err != nil {
			return fmt.Errorf("write output: %w", err)
		}
	}
	return nil
}

// Cells makes the cells of a row.
func Cells(parts ...string) []text.Text {
	row := make([]text.Text, len(parts))
	for i, p := range parts {
		row[i] = text.Line(p)
	}
	return row
}

// Time returns a time as it stands in JSON: RFC 3339 with the offset of the
// zone given in seconds, null for none.
func Time(t time.Time, zone int) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(time.FixedZone("", zone)).Format(time.RFC3339)
	return &s
}
