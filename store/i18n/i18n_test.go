package i18n_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/text"
)

var placeholder = regexp.MustCompile(`\{([a-z0-9_]+)(\|[^{}|]*\|[^{}|]*)?\}`)

// Ensure every key stands once, in both languages, each in its own, with the
// same placeholders and without characters whose width consoles disagree on.
func TestTables(t *testing.T) {
	zh, en := i18n.New(i18n.ZH), i18n.New(i18n.EN)
	keys := i18n.Keys()
	for i, key := range keys {
		if i > 0 && keys[i-1] == key {
			t.Errorf("%s stands twice", key)
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`).MatchString(key) {
			t.Errorf("%s is no key", key)
		}
		z, e := zh.T(key), en.T(key)
		if z == "" || e == "" {
			t.Errorf("%s misses in a language", key)
		}
		if got, want := names(e), names(z); !slices.Equal(got, want) {
			t.Errorf("%s: placeholders %v in English, %v in Chinese", key, got, want)
		}
		bare := placeholder.ReplaceAllString(z, "")
		if letters(bare) && !strings.ContainsFunc(bare, han) || regexp.MustCompile(`[A-Za-z]+ [A-Za-z]+ [A-Za-z]+`).MatchString(bare) {
			t.Errorf("%s: %q is not Chinese", key, z)
		}
		if strings.ContainsFunc(e, func(r rune) bool { return r >= 0x2E80 }) {
			t.Errorf("%s: %q is not English", key, e)
		}
		for _, s := range []string{z, e} {
			if text.Dirty(s) || strings.Contains(s, "\n") || strings.ContainsAny(s, "…—–·“”‘’→←•×①") || strings.ContainsAny(placeholder.ReplaceAllString(s, ""), "{}") {
				t.Errorf("%s: %q has a character that may not stand in it", key, s)
			}
		}
	}
}

// Ensure the three sentences of every error are sentences.
func TestTables_Errors(t *testing.T) {
	for _, code := range constants(t, "../casework", "Code") {
		for _, part := range []string{"message", "data", "next"} {
			key := "error." + code + "." + part
			if z := i18n.New(i18n.ZH).T(key); !strings.HasSuffix(z, "。") {
				t.Errorf("%s = %q", key, z)
			}
			if e := i18n.New(i18n.EN).T(key); !strings.HasSuffix(e, ".") {
				t.Errorf("%s = %q", key, e)
			}
		}
	}
}

// Ensure everything that the lower packages name by a code has its words. The
// source is read, so that a new constant without words turns this red.
func TestTables_CoverCodes(t *testing.T) {
	w := i18n.New(i18n.ZH)
	for _, c := range []struct{ folder, typ, key string }{
		{"../casework", "Problem", "fault."}, {"../casework", "Why", "why."}, {"../casework", "State", "state."},
		{"../casework", "Stage", "stage."}, {"../casework", "Action", "action."}, {"../casework", "Effect", "effect."},
		{"../casework", "LogReason", "log."}, {"../casework", "Warning", "warning."}, {"../casework", "Way", "way."}, {"../catalogue", "Role", "role."}, {"../catalogue", "Level", "level."}, {"../casework", "ReasonCode", "propose."},
		{"../casework", "Light", "light."}, {"../casework", "StrandedWhy", "stranded."}, {"../casework", "Matter", "matter."}, {"../casework", "Field", "field."},
		{"../report", "PeriodProblem", "period."},
		{"../catalogue", "Problem", "catalogue."}, {"../catalogue", "Problem", "workbook."}, {"../catalogue/workbook", "Problem", "workbook."}, {"../catalogue", "SpanUnit", "span."},
		{"..", "Why", "why."}, {"../../sync/agent", "Why", "why."},
		{"../../sync/county", "Why", "why."}, {"../../sync/county", "MessageState", "message.state."},
		{"../../sync/county", "MessageWhy", "message.why."}, {"../../sync/notify", "Cause", "message.why."},
	} {
		for _, code := range constants(t, c.folder, c.typ) {
			if !w.Has(c.key + code) {
				t.Errorf("no words for %s%s", c.key, code)
			}
		}
	}
	for _, s := range catalogue.Settings() {
		keys := []string{"setting." + string(s.Code), "setting.note." + string(s.Code)}
		for _, choice := range s.Choices {
			keys = append(keys, "choice."+string(s.Code)+"."+choice)
		}
		for _, key := range keys {
			if !w.Has(key) {
				t.Errorf("no words for %s", key)
			}
		}
	}
	specs := slices.Concat(casework.PartyFields(), casework.AllFields)
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, r := range append(table.Rules, table.Register) {
			specs = append(specs, casework.FieldsOf(r.New())...)
			for _, l := range slices.Concat(r.Starts, r.Stops) {
				if !w.Has("limit." + string(l)) {
					t.Errorf("no words for limit.%s", l)
				}
			}
		}
	}
	for _, s := range specs {
		if !w.Has("field." + s.Name) {
			t.Errorf("no words for field.%s", s.Name)
		}
		for _, choice := range s.Choices {
			if !w.Has("choice." + s.Name + "." + choice) {
				t.Errorf("no words for choice.%s.%s", s.Name, choice)
			}
		}
	}
}

// Ensure that what is said of an action alone is said of one that there is, and what to
// do next of a reason that there is.
func TestTables_OfWhat(t *testing.T) {
	w := i18n.New(i18n.ZH)
	actions := constants(t, "../casework", "Action")
	for _, key := range i18n.Keys() {
		part := strings.Split(key, ".")
		switch {
		case strings.HasPrefix(key, "act.intro."):
			if !slices.Contains(actions, part[2]) {
				t.Errorf("%s: no such action", key)
			}
		case part[0] == "field" && len(part) == 3 && part[1] != "place" && part[1] != "source":
			if !slices.Contains(actions, part[1]) || !w.Has("field."+part[2]) {
				t.Errorf("%s: no such action, or no general label", key)
			}
		case slices.Contains([]string{"next.until", "next.answer", "next.way"}, key): // of the ways outside the platform
		case (part[0] == "next" || part[0] == "data") && len(part) == 2:
			if !w.Has("why." + part[1]) {
				t.Errorf("%s: no such reason", key)
			}
		}
	}
}

// Ensure every key that the program says in its source exists: literals given
// to methods T and Say, to fields named Help, and lists named Sentences.
func TestTables_CoverUses(t *testing.T) {
	w := i18n.New(i18n.ZH)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("parse: %w", err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, lit := range saidBy(n) {
				if key, _ := strconv.Unquote(lit.Value); !w.Has(key) {
					t.Errorf("%s: no words for %q", set.Position(lit.Pos()), key)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// saidBy returns the literals in n that are keys.
func saidBy(n ast.Node) (keys []*ast.BasicLit) {
	var from []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && (f.Sel.Name == "T" || f.Sel.Name == "Say") && len(n.Args) > 0 {
			from = n.Args[:1]
		}
	case *ast.KeyValueExpr:
		if f, ok := n.Key.(*ast.Ident); ok && f.Name == "Help" {
			from = []ast.Expr{n.Value}
		}
	case *ast.ValueSpec:
		if list, ok := first(n.Values).(*ast.CompositeLit); ok && n.Names[0].Name == "Sentences" {
			from = list.Elts
		}
	}
	for _, e := range from {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			keys = append(keys, lit)
		}
	}
	return keys
}

// constants returns the values of the string constants of a type in a folder.
func constants(t *testing.T, folder, typ string) (values []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source in %s: %v", folder, err)
	}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				if typeName(spec.Type) == typ {
					if lit, ok := first(spec.Values).(*ast.BasicLit); ok {
						value, _ := strconv.Unquote(lit.Value)
						values = append(values, value)
					}
				}
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Errorf("no constants of type %s in %s", typ, folder)
	}
	return values
}

// typeName returns the name of a type, of another package's without the package.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// Ensure arguments land by name and by place, safely, and what misses is seen.
func TestWords_T(t *testing.T) {
	zh, en := i18n.New(i18n.ZH), i18n.New(i18n.EN)
	for _, c := range []struct{ got, want string }{
		{zh.T("state.accepted"), "已受理"},
		{en.T("state.accepted"), "Accepted"},
		{i18n.New("xx").T("state.accepted"), "已受理"},
		{zh.T("days.left", i18n.Arg("n", 3)), "剩 3 天"},
		{en.T("days.left", i18n.Arg("n", 1)), "1 day left"},
		{en.T("days.left", i18n.Arg("n", 2)), "2 days left"},
		{en.T("kit.date_past", 1), "1 day ago"},
		{zh.T("kit.row_fault", 2, "电话", "必须填写"), "第 2 行电话：必须填写"},
		{zh.T("kit.off", "{1}\x1b[2J\n红"), "（现在不能用：{1}\uFFFD[2J 红）"},
		{zh.T("kit.off"), "（现在不能用：{1}）"},
		{zh.T("no.such\x1b"), "[no.such\uFFFD]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if l, ok := i18n.ParseLang("en"); l != i18n.EN || !ok {
		t.Error("ParseLang(en)")
	}
	if l, ok := i18n.ParseLang("fr"); l != i18n.ZH || ok {
		t.Error("ParseLang(fr)")
	}
}

// Ensure errors tell what happened, whether data is safe and what to do next.
func TestWords_Advise(t *testing.T) {
	w := i18n.New(i18n.ZH)
	wrapped := fmt.Errorf("append entry: %w", casework.Refuse(casework.CodeNotAllowed, casework.WhyState))
	if a := w.Advise(wrapped); a.Code != casework.CodeNotAllowed || a.Message != "案件现在的状态不能这样做。" || !a.Safe || a.Next == "" {
		t.Errorf("refusal: %+v", a)
	}
	if a := w.Advise(errors.New("boom")); a.Code != casework.CodeInternal || strings.Contains(a.String(), "boom") {
		t.Errorf("other error: %+v", a)
	}
	if a := w.Advise(&casework.Refusal{Code: "from_the_future"}); a.Code != casework.CodeInternal {
		t.Errorf("unknown code: %+v", a)
	}
	if a := w.Advise(&casework.Refusal{Code: casework.CodeDiskFull, Unsafe: true}); a.Safe || !strings.Contains(a.Data, "不能确定") {
		t.Errorf("unsafe: %+v", a)
	}
	if a := w.Advise(casework.Refuse(casework.CodeRevoked, "forgotten")); strings.Contains(a.String(), "仍在本机") || strings.Contains(a.String(), "。 ") {
		t.Errorf("a forgotten laptop: %s", a)
	}
	if en := i18n.New(i18n.EN).Advise(casework.Refuse(casework.CodeRevoked, "")).String(); !strings.Contains(en, ". ") {
		t.Errorf("in English: %s", en)
	}
	if a := w.Advise(&casework.Refusal{Code: casework.CodeNotFound, Field: "user"}); strings.Contains(a.Next, "案") {
		t.Errorf("about a person: %s", a)
	}
	faults := []casework.Fault{
		{Field: "title", Problem: casework.Required}, {Field: "parties[1].phone", Problem: casework.TooLong, Limit: 40},
		{Field: "x\x1b", Problem: casework.UnknownField}, {Field: "facts", Problem: casework.Required},
	}
	a := w.Advise(&casework.Refusal{Code: casework.CodeInvalid, Faults: faults})
	want := "有 4 处填写不对：标题：必须填写；当事人2的电话：太长，最多 40 个字；字段 x\uFFFD：没有这个字段；另有 1 处。"
	if a.Message != want {
		t.Errorf("faults: %q, want %q", a.Message, want)
	}
	if got := w.Field("parties[0]"); got != "当事人1" {
		t.Errorf("Field = %q", got)
	}
}

func names(s string) (names []string) {
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return names
}

func first(list []ast.Expr) ast.Expr {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func letters(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// Ensure that a limit is called by the program's word, else by the name that the
// county sent with it, and by its code only where nobody named it.
func TestLimit(t *testing.T) {
	cat := sample.Catalogue()
	cat.Version = 2
	cat.Limits = append(cat.Limits, catalogue.Limit{Code: "newer", Name: "新的期限", Since: 1}, catalogue.Limit{Code: "newer", Name: "改名的期限", Since: 2},
		catalogue.Limit{Code: "some", Name: "某类的期限", Category: "07", Since: 1}, catalogue.Limit{Code: "triage", Name: "别名", Since: 2},
		catalogue.Limit{Code: "rude", Name: "x\x1b[2J", Since: 1})
	ix := catalogue.NewIndex(cat)
	for code, want := range map[catalogue.LimitCode]string{"triage": "受理审查", "newer": "改名的期限", "some": "某类的期限", "none": "none"} {
		if got := i18n.New(i18n.ZH).Limit(code, ix); got != want {
			t.Errorf("%s is called %q, want %q", code, got, want)
		}
	}
	if got := i18n.New(i18n.EN).Limit("rude", ix); strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
}
