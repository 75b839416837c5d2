package workbook_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/catalogue/workbook"
)

func written(t testing.TB, c catalogue.Catalogue) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := workbook.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same compares table by table, so that a difference can be read.
func same(t *testing.T, got, want catalogue.Catalogue) {
	t.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range g.NumField() {
		a, b := g.Field(i).Interface(), w.Field(i).Interface()
		if reflect.DeepEqual(a, b) {
			continue
		}
		t.Errorf("%s differs", g.Type().Field(i).Name)
		if g.Field(i).Kind() != reflect.Slice {
			t.Errorf("got  %+v\nwant %+v", a, b)
			continue
		}
		for n := range min(g.Field(i).Len(), w.Field(i).Len()) {
			if x, y := g.Field(i).Index(n).Interface(), w.Field(i).Index(n).Interface(); !reflect.DeepEqual(x, y) {
				t.Fatalf("row %d\ngot  %#v\nwant %#v", n, x, y)
			}
		}
	}
}

// Ensure that the sample comes back as it was written, and that it is written in
// one way only.
func TestRoundTrip_Sample(t *testing.T) {
	c := sample.Catalogue()
	b := written(t, c)
	book := workbook.Read(b)
	for _, f := range book.Locate(catalogue.Validate(book.Catalogue)) {
		t.Errorf("%+v", f)
	}
	same(t, book.Catalogue, c)
	if !bytes.Equal(b, written(t, book.Catalogue)) {
		t.Error("the same catalogue was written in two ways")
	}
}

// Ensure that whatever may be published comes back as it was written.
func TestRoundTrip_Random(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := &random{Rand: rand.New(rand.NewPCG(seed, 1))}
	for range 12 {
		c := r.catalogue()
		for _, f := range catalogue.Validate(c) {
			t.Fatalf("the catalogue is not valid: %v", f)
		}
		book := workbook.Read(written(t, c))
		for _, f := range book.Faults {
			t.Errorf("%+v", f)
		}
		same(t, book.Catalogue, c)
		if t.Failed() {
			return
		}
	}
}
