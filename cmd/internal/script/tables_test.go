package script_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// tables writes the sample's tables with other settings and telephones as JSON:
// tables FILE SETTING=VALUE ... UNIT=TELEPHONE ...
func tables(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: tables FILE [SETTING=VALUE] [UNIT=TELEPHONE]")
	}
	cat := sample.Catalogue()
	cat.Units = slices.Clone(cat.Units)
	for _, arg := range args[1:] {
		name, value, _ := strings.Cut(arg, "=")
		unit := slices.IndexFunc(cat.Units, func(u catalogue.Unit) bool { return string(u.ID) == name })
		if unit >= 0 {
			cat.Units[unit].Phone = value
			continue
		}
		cat.Settings = append(cat.Settings, catalogue.Setting{Code: catalogue.SettingCode(name), Value: value})
	}
	var b bytes.Buffer
	ts.Check(catalogue.WriteJSON(&b, cat))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// outbox waits for the one file of a modem's folder, which must be for a telephone, and
// keeps its text in a variable: outbox VARIABLE DIR TELEPHONE.
func outbox(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: outbox VARIABLE DIR TELEPHONE")
	}
	var files []string
	for range 400 {
		all, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), "OUT*")) // as gammu looks
		ts.Check(err)
		if files = all; len(files) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if len(files) != 1 {
		ts.Fatalf("%d files", len(files))
	}
	name := filepath.Base(files[0])
	if !regexp.MustCompile(`^OUTC\d{8}_\d{6}_00_` + args[2] + `_casedesk[0-9a-f]{24}\.txt$`).MatchString(name) {
		ts.Fatalf("the file is %s", name)
	}
	b, err := os.ReadFile(files[0])
	ts.Check(err)
	if len(b) < 2 || b[0] != 0xFE || b[1] != 0xFF {
		ts.Fatalf("gammu would not know the text's alphabet: % x", b)
	}
	var units []uint16
	for b = b[2:]; len(b) > 1; b = b[2:] {
		units = append(units, binary.BigEndian.Uint16(b))
	}
	ts.Setenv(args[0], string(utf16.Decode(units)))
}
