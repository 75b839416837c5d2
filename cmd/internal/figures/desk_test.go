package figures_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/cmd/internal/cli"
	"casedesk/cmd/internal/figures"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/report"
)

// Ensure that a sheet of the desk is written in the form that the file's name ends in, for
// its owner alone and over nothing, and that what is wrong is said in a sentence.
func TestWriter(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	write := figures.Writer(&cli.Run{Words: i18n.New(i18n.ZH)})
	now := time.Date(2026, 11, 12, 9, 0, 0, 0, ix.Calendar().Location())
	r, _ := report.Find("overview")
	sheet := r.Make(&report.Input{Index: ix, Now: now, Period: report.Month(now)})
	dir := t.TempDir()
	for _, name := range []string{"一.xlsx", "二.csv", "三.TXT"} {
		file := filepath.Join(dir, name)
		if err := write(ix, &sheet, "", file); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(file)
		if err != nil || info.Size() == 0 {
			t.Errorf("%s: %v %v", name, info, err)
		}
		if err := write(ix, &sheet, "", file); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s written again: %v", name, err)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "三.TXT"))
	if err != nil || !strings.Contains(string(b), "受理数") {
		t.Errorf("%v %s", err, b)
	}
	for file, want := range map[string]string{"四.pdf": "看不出", filepath.Join("没有", "五.txt"): "没有"} {
		if err := write(ix, &sheet, "", filepath.Join(dir, file)); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "output") {
			t.Errorf("%s: %v", file, err)
		}
	}
}
