package agent

import "time"

// gauge measures a run, so that what is left of it can be told. It counts the bytes of
// entries as they lie in the file; packed, the line carries about half of them.
type gauge struct {
	began    time.Duration // by the machine's monotonic clock
	up, down moved
	carried  int // bytes that the line carried for all of it
}

// moved is what went one way.
type moved struct{ n, bytes int }

// each is how long an entry is on the average; before the first one it is other's.
func (m moved) each(other moved) float64 {
	switch {
	case m.n > 0:
		return float64(m.bytes) / float64(m.n)
	case other.n > 0:
		return float64(other.bytes) / float64(other.n)
	}
	return 0
}

// note takes in an exchange that has landed.
func (g *gauge) note(f *flight) {
	g.up.n, g.up.bytes = g.up.n+len(f.items), g.up.bytes+f.sizeUp()
	g.down.bytes += f.sizeDown()
	for _, page := range f.reply.Feeds {
		g.down.n += len(page.Lines)
	}
	g.carried += f.traffic.Up + f.traffic.Down
}

// tooEarly is how long a line is watched before anything is told of it.
const tooEarly = 2 * time.Second

// left returns what the line has still to carry for so many entries each way, and how
// long that takes by what it carried so far; 0: that cannot be told yet.
func (g *gauge) left(up, down int, now time.Duration) (bytes int64, d time.Duration) {
	raw, done := float64(up)*g.up.each(g.down)+float64(down)*g.down.each(g.up), float64(g.up.bytes+g.down.bytes)
	if done == 0 || raw == 0 {
		return 0, 0
	}
	bytes = int64(raw * float64(g.carried) / done)
	if took := now - g.began; took >= tooEarly {
		d = time.Duration(raw / done * float64(took))
	}
	return bytes, d
}
