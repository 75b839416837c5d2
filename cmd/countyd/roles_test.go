package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

var update = flag.Bool("update", false, "write the table of docs/roles.md anew")

// Ensure that the document's table of who may do what is that of the program.
func TestRolesTable(t *testing.T) {
	const begin, end = "<!-- table -->\n", "<!-- /table -->"
	path := filepath.Join("..", "..", "docs", "roles.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(data), begin)
	have, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatal("docs/roles.md has no place for the table")
	}
	want := rolesTable()
	if *update {
		if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Error("docs/roles.md is not what the tables say: go test ./cmd/countyd -run TestRolesTable -update")
	}
}

func rolesTable() string {
	w := i18n.New(i18n.ZH)
	var b strings.Builder
	roles := catalogue.Roles()
	for _, m := range casework.Matters {
		fmt.Fprintf(&b, "\n### %s · %s\n\n| 步骤 | 本单位是 |", w.T("matter."+string(m)), m)
		for _, r := range roles {
			fmt.Fprintf(&b, " %s |", w.T("role."+string(r)))
		}
		b.WriteString("\n|---|---|" + strings.Repeat("---|", len(roles)) + "\n")
		for _, r := range casework.Rights(m, roles) {
			var who []string
			for _, name := range r.Who.Names() {
				who = append(who, w.T("relation."+name))
			}
			fmt.Fprintf(&b, "| %s `%s` | %s |", w.T("action."+string(r.Action)), r.Action, strings.Join(who, "；"))
			for _, role := range roles {
				mark := " "
				if slices.Contains(r.Roles, role) {
					mark = "*"
				}
				fmt.Fprintf(&b, " %s |", mark)
			}
			b.WriteString("\n")
		}
	}
	return b.String() + "\n"
}
