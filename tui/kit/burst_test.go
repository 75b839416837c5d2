package kit_test

import (
	"strings"
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that a paste without brackets arrives as it was, with its lines, is
// drawn a few times only, and presses no Enter.
func TestBurst_PasteIntoText(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("facts")
	text := strings.Repeat("两家共用一条排水沟，王家堵沟。\n", 200)
	before := desk.draws
	d.PasteKeys(text)
	if got := desk.form.Value("facts").Text; got != text {
		t.Errorf("pasted %d bytes, the field has %d", len(text), len(got))
	}
	if n := desk.draws - before; n > 10 {
		t.Errorf("drew the screen %d times", n)
	}
	if desk.form.Focused() != "facts" {
		t.Errorf("focus went to %s", desk.form.Focused())
	}
}

// Ensure that lines pasted into a field of one line stay in it, while an Enter
// after typing goes on to the next field.
func TestBurst_PasteIntoLine(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("title")
	d.PasteKeys("李家\n王家\n张家")
	if got, want := desk.form.Value("title").Text, "李家 王家 张家"; got != want || desk.form.Focused() != "title" {
		t.Errorf("title is %q, want %q; focus at %s", got, want, desk.form.Focused())
	}
	d.PasteKeys("与\n")
	d.Advance(3 * kit.BurstWait)
	if got, want := desk.form.Value("title").Text, "李家 王家 张家与"; got != want || desk.form.Focused() != "happened_on" {
		t.Errorf("title is %q, want %q; focus at %s", got, want, desk.form.Focused())
	}
}

// Ensure that a line's end that falls between two batches of a fast paste is
// still a line's end.
func TestBurst_LineEndBetweenBatches(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("title")
	for _, r := range "李家与王家" {
		d.Send(tuitest.Key(string(r)))
	}
	d.Advance(kit.BurstWait)
	d.Send(tuitest.Key("enter"))
	d.Send(tuitest.Key("争"))
	d.Advance(3 * kit.BurstWait)
	if got, want := desk.form.Value("title").Text, "李家与王家 争"; got != want || desk.form.Focused() != "title" {
		t.Errorf("title is %q, want %q; focus at %s", got, want, desk.form.Focused())
	}
	if d.Waiting() != 1 { // the draft's
		t.Errorf("%d waits, want 1", d.Waiting())
	}
}

// Ensure that keys that are no text let what was typed before them go first.
func TestBurst_Order(t *testing.T) {
	d, desk := open(t, 80, 24)
	desk.form.Focus("title")
	d.Send(tuitest.Key("王"))
	d.Send(tuitest.Key("left"))
	d.Send(tuitest.Key("李"))
	d.Send(tuitest.Key("f4"))
	d.Expect("李王")
}
