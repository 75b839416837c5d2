package record_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/record"
)

var update = flag.Bool("update", false, "write what is missing in testdata/v1; what stands there is never changed")

// frozen are the bytes that version 1 wrote, by name, in hexadecimal. Every later
// version reads them.
type frozen struct {
	Entries map[string]string `json:"entries"` // by event kind; "purged" and "parents" too
	Stamps  map[string]string `json:"stamps"`  // by verdict
}

// Ensure that what version 1 wrote is read for ever, and still written so.
func TestFrozen(t *testing.T) {
	path := filepath.Join("testdata", "v1", "record.json")
	var have frozen
	if data, err := os.ReadFile(path); err == nil {
		if err := json.Unmarshal(data, &have); err != nil {
			t.Fatal(err)
		}
	}
	want := frozen{Entries: map[string]string{}, Stamps: map[string]string{}}
	for name, e := range entriesOfAllKinds() {
		raw := seal(t, e)
		if name == "purged" {
			rec, err := record.Open(raw)
			if err != nil {
				t.Fatal(err)
			}
			if raw, err = rec.Purge(); err != nil {
				t.Fatal(err)
			}
		}
		want.Entries[name] = hex.EncodeToString(raw)
	}
	for _, s := range stampsOfAllVerdicts() {
		want.Stamps[fmt.Sprint(s.Verdict)] = hex.EncodeToString(record.MarshalStamp(s))
	}
	if *update {
		writeMissing(t, path, have, want)
		return
	}
	compare(t, "entry", have.Entries, want.Entries)
	compare(t, "stamp", have.Stamps, want.Stamps)
	for name, text := range have.Entries {
		raw, _ := hex.DecodeString(text)
		rec, err := record.Open(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		e := entriesOfAllKinds()[name]
		if e == nil || name == "purged" {
			continue
		}
		if !reflect.DeepEqual(rec.Entry.Events, e.Events) {
			t.Errorf("%s reads as %+v, was %+v", name, rec.Entry.Events[0], e.Events[0])
		}
	}
	for _, s := range stampsOfAllVerdicts() {
		b, _ := hex.DecodeString(have.Stamps[fmt.Sprint(s.Verdict)])
		if got, err := record.OpenStamp(b); err != nil || !reflect.DeepEqual(got, s) {
			t.Errorf("stamp %d reads as %+v, %v", s.Verdict, got, err)
		}
	}
}

func compare(t *testing.T, what string, have, want map[string]string) {
	t.Helper()
	for name, text := range want {
		switch {
		case have[name] == "":
			t.Errorf("%s %s is not frozen: go test ./store/record -run TestFrozen -update", what, name)
		case have[name] != text:
			t.Errorf("%s %s is written otherwise than version 1 wrote it", what, name)
		}
	}
}

func writeMissing(t *testing.T, path string, have, want frozen) {
	t.Helper()
	for name, text := range have.Entries {
		want.Entries[name] = text
	}
	for name, text := range have.Stamps {
		want.Stamps[name] = text
	}
	b, err := json.MarshalIndent(want, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// entriesOfAllKinds are an entry for every kind of event, each field filled.
func entriesOfAllKinds() map[string]*casework.Entry {
	out := map[string]*casework.Entry{}
	for n := range casework.Number(1000) {
		ev, ok := casework.NewEvent(n)
		if !ok {
			continue
		}
		next := 0
		fill(reflect.ValueOf(ev).Elem(), &next)
		e := sample()
		e.Events = []casework.Event{ev}
		out[ev.Kind()] = e
	}
	grown(out)
	first := sample()
	first.Parents = nil
	out["parents"], out["purged"] = first, sample()
	return out
}

// grown keeps beside an event that got a field later the one of version 1, which
// lacks it.
func grown(out map[string]*casework.Entry) {
	full := out["confide"]
	out["confide with holder"] = full
	first := *full.Events[0].(*casework.Confided)
	first.Holder = ""
	e := sample()
	e.Events = []casework.Event{&first}
	out["confide"] = e
	for kind, late := range map[string][]string{
		"contact": {"Way", "At"}, "mediate": {"Mode", "Present"}, "agree": {"VillageRules", "EffectiveOn", "Instalments", "Amount"},
		"settle_on_spot": {"VillageRules"}, "perform": {"Instalment"}, "suspend": {"CourtAgrees"}, "entrust": {"CourtName", "Online"},
		"apply_confirmation": {"CourtName", "AppliedOn"}, "duty_done": {"Order"},
	} {
		out[kind+" with more"] = out[kind]
		first := reflect.New(reflect.TypeOf(out[kind].Events[0]).Elem())
		first.Elem().Set(reflect.ValueOf(out[kind].Events[0]).Elem())
		for _, field := range late {
			first.Elem().FieldByName(field).SetZero()
		}
		e := sample()
		e.Events = []casework.Event{first.Interface().(casework.Event)}
		out[kind] = e
	}
	out["entrust online"] = out["entrust with more"] // it grew a second time
	second := *out["entrust online"].Events[0].(*casework.Entrusted)
	second.Online = ""
	e = sample()
	e.Events = []casework.Event{&second}
	out["entrust with more"] = e
}

// fill gives every field a value that is not empty, the same ones every time.
func fill(v reflect.Value, next *int) {
	*next++
	if v.Type() == reflect.TypeFor[uuid.UUID]() {
		copy(v.Slice(0, 16).Bytes(), bytes.Repeat([]byte{byte(*next)}, 16))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("文%d", *next))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*next))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*next))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), next)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), next)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, next)
			fill(value, next)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), next)
			}
		}
	}
}

func stampsOfAllVerdicts() []*casework.Stamp {
	var out []*casework.Stamp
	for v := casework.Admitted; v <= casework.Copy; v++ {
		s := &casework.Stamp{Epoch: casework.Epoch{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000ee")}, N: 300 * uint64(v),
			Received: time.UnixMilli(1_790_000_000_000).UTC(), Effective: time.UnixMilli(1_789_000_000_000).UTC(), Doubtful: v == casework.Held, Verdict: v}
		if v == casework.Held {
			s.Why = casework.WhyRole
		}
		s.MAC = bytes.Repeat([]byte{byte(v)}, record.MACSize)
		out = append(out, s)
	}
	return out
}
