package words

import (
	"fmt"
	"strconv"
	"strings"

	"casedesk/tui/kit"
)

// Flat is what a form holds as a draft keeps it: text by path, a member of a
// list under "parties[0].name".
func Flat(values map[string]kit.Value) map[string]string {
	out := map[string]string{}
	for name, v := range values {
		if v.Text != "" {
			out[name] = v.Text
		}
		for i, row := range v.Rows {
			for member, s := range row {
				out[fmt.Sprintf("%s[%d].%s", name, i, member)] = s
			}
		}
	}
	return out
}

// Deep is Flat read back. Paths that are none are passed over, and a list has
// at most a few hundred members: a draft is data, too.
func Deep(flat map[string]string) map[string]kit.Value {
	const members = 500
	out := map[string]kit.Value{}
	for path, s := range flat {
		name, rest, list := strings.Cut(path, "[")
		if !list {
			v := out[name]
			v.Text = s
			out[name] = v
			continue
		}
		index, member, ok := strings.Cut(rest, "].")
		i, err := strconv.Atoi(index)
		if !ok || err != nil || i < 0 || i >= members {
			continue
		}
		v := out[name]
		for len(v.Rows) <= i {
			v.Rows = append(v.Rows, map[string]string{})
		}
		v.Rows[i][member] = s
		out[name] = v
	}
	return out
}
