package seal

// Opener opens many values, one after the other, without new memory for each.
// One goroutine uses it.
type Opener struct {
	box         *Box
	place, bind []byte
	plain       []byte
}

// Opener makes an opener of the box's values.
func (b *Box) Opener() *Opener { return &Opener{box: b} }

// Open is Box.Open at Place(bucket, key, schema). What it returns holds until the
// next value is opened.
func (o *Opener) Open(bucket, key []byte, schema byte, sealed []byte) ([]byte, error) {
	if !known(sealed) {
		return nil, ErrDamaged
	}
	o.place = append(join(o.place[:0], bucket, key), schema)
	o.bind = join(o.bind[:0], sealed[:header], o.box.file, o.place)
	opened, err := o.box.aead.Open(o.plain[:0], nil, sealed[header:], o.bind)
	if err == nil {
		o.plain = opened
	}
	return unpad(opened, err)
}
