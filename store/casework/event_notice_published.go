package casework

// NoticePublished is the notice before a civil action of public interest, thirty days
// (检察公益诉讼解释 art. 13).
type NoticePublished struct {
	Where       string `codec:"where" ask:"text,required"`
	PublishedOn string `codec:"published_on" ask:"date,past,required"`
}

// Num returns NumNoticePublished.
func (*NoticePublished) Num() Number { return NumNoticePublished }

// Kind returns "public_notice".
func (*NoticePublished) Kind() string { return string(ActPublicNotice) }

// Check finds the form's faults.
func (v *NoticePublished) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *NoticePublished) apply(f *fold) Why {
	why := f.move(ActPublicNotice, "")
	if k := f.running(LimitCivilNotice); why == "" && k != nil && k.By == f.e.UID {
		f.since(k, v.PublishedOn)
	}
	return why
}
