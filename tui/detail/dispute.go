package detail

// standing shows how a dispute stands beyond its fields: steps, instalments, refusals,
// confirmation, the court's request.
func (d *pen) standing() {
	said := d.desk.Standing(&d.view.Case, d.desk.Index())
	if len(said) == 0 {
		return
	}
	d.section("detail.standing")
	for _, s := range said {
		d.add(d.labelled(s[0], s[1])...)
	}
}
