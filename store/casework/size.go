package casework

import (
	"reflect"
	"unicode/utf8"

	"casedesk/store/catalogue"
)

// Limits of what one entry may say, far above what the forms let anybody write.
// They keep one laptop from making a case that no other can hold.
const (
	maxListed  = 200       // people or units listed by one event
	maxParties = 500       // parties of a case
	maxUnread  = 64 * 1024 // bytes of an event that this version cannot read
	maxWritten = 2000      // events of one person in a case
)

// TooLarge reports whether an entry says more than a case can take in: texts,
// lists, parties. The county holds such an entry.
func TooLarge(c *Case, e *Entry) bool {
	if written(c, e.Actor)+len(e.Events) > maxWritten {
		return true
	}
	parties := len(c.Parties)
	for _, ev := range e.Events {
		switch v := ev.(type) {
		case *Unknown:
			if len(v.Payload) > maxUnread {
				return true
			}
			continue
		case *Registered:
			parties += len(v.Parties)
		case *PartyAdded:
			parties++
		}
		if oversize(reflect.ValueOf(ev).Elem()) {
			return true
		}
	}
	return parties > maxParties && parties > len(c.Parties)
}

// written counts the events that a person wrote in a case: each may start a limit and
// leave words that the case keeps at hand. What is held may bear her name
// without being hers, and costs the fold next to nothing.
func written(c *Case, user catalogue.UserID) (n int) {
	for i := range c.Timeline {
		if l := &c.Timeline[i]; l.Actor == user && l.Effect != HeldBack {
			n += len(l.Kinds)
		}
	}
	return n
}

// oversize looks at every text and list of v.
func oversize(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return utf8.RuneCountInString(v.String()) > maxLong
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Len() > maxLine // a key, a hash
		}
		if v.Len() > maxListed {
			return true
		}
		for i := range v.Len() {
			if oversize(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		if v.Len() > maxListed {
			return true
		}
		for it := v.MapRange(); it.Next(); {
			if oversize(it.Key()) || oversize(it.Value()) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if oversize(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
