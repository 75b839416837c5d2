package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"casedesk/store/text"
)

// Ensure that JSON holds nothing that a terminal acts on, and means the same.
func TestJSONLine(t *testing.T) {
	for _, s := range []string{"张三 <b>&", "\u009b31m", "\u202e\u2066", "\U000E0041", "\x7f\ue000\ufeff", "e" + strings.Repeat("\u0301", 40), "\U00100000"} {
		line, err := jsonLine(map[string]string{"name": s})
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal([]byte(line), &got); err != nil || got["name"] != s {
			t.Errorf("%+q reads as %+q, %v", s, got["name"], err)
		}
		if text.Dirty(line) || !strings.HasSuffix(line, "}\n") {
			t.Errorf("%+q is written as %+q", s, line)
		}
	}
}
