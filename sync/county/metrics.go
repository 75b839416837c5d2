package county

import (
	"fmt"
	"io"
	"sync/atomic"
)

// counts are what the server has done since it started.
type counts struct {
	exchanges, refused, enrolled           atomic.Uint64
	admitted, held, refilled, forks, urged atomic.Uint64
	linesAdded, linesSent                  atomic.Uint64
	textsTaken, textsRefused               atomic.Uint64
	bytesUp, bytesDown, milliseconds, open atomic.Int64
}

// took adds what an update did.
func (c *counts) took(u *update) {
	c.admitted.Add(uint64(u.admitted))
	c.held.Add(uint64(u.held))
	c.refilled.Add(uint64(u.refilled))
	c.linesAdded.Add(uint64(u.lines))
	c.urged.Add(uint64(u.urged))
}

// write writes the counts in the text format that Prometheus reads. It tells
// numbers alone: no names, units or cases.
func (c *counts) write(w io.Writer) error {
	for _, m := range []struct {
		name, kind, help string
		value            any
	}{
		{"exchanges_total", "counter", "Exchanges that were answered.", c.exchanges.Load()},
		{"exchanges_refused_total", "counter", "Calls that were refused as a whole.", c.refused.Load()},
		{"exchange_milliseconds_total", "counter", "Time spent on exchanges.", c.milliseconds.Load()},
		{"requests_open", "gauge", "Requests being served.", c.open.Load()},
		{"laptops_enrolled_total", "counter", "Enrolments that were answered.", c.enrolled.Load()},
		{"entries_admitted_total", "counter", "Entries that were stamped.", c.admitted.Load()},
		{"entries_held_total", "counter", "Entries among them that were held.", c.held.Load()},
		{"entries_refilled_total", "counter", "Entries that came back after a restore.", c.refilled.Load()},
		{"forks_total", "counter", "Logs that were frozen because they continued in two ways.", c.forks.Load()},
		{"urgings_total", "counter", "Limits that the county urged.", c.urged.Load()},
		{"feed_lines_total", "counter", "Lines that were appended to feeds.", c.linesAdded.Load()},
		{"feed_lines_sent_total", "counter", "Lines that were sent to laptops.", c.linesSent.Load()},
		{"texts_taken_total", "counter", "Texts that a gateway or a modem took.", c.textsTaken.Load()},
		{"texts_refused_total", "counter", "Texts that were refused for ever.", c.textsRefused.Load()},
		{"bytes_up_total", "counter", "Bytes of messages received.", c.bytesUp.Load()},
		{"bytes_down_total", "counter", "Bytes of messages sent.", c.bytesDown.Load()},
	} {
		_, err := fmt.Fprintf(w, "# HELP casedesk_%[1]s %[3]s\n# TYPE casedesk_%[1]s %[2]s\ncasedesk_%[1]s %[4]d\n", m.name, m.kind, m.help, m.value)
		if err != nil {
			return err
		}
	}
	return nil
}
