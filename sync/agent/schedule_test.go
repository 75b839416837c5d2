package agent_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"casedesk/sync/agent"
)

// Ensure that tries come quickly at first, then slower up to two minutes, spread by
// a quarter, never before the county wants them, and begin anew after a success.
func TestSchedule(t *testing.T) {
	const every = 30 * time.Second
	tries := []struct {
		name     string
		ok       bool
		told     time.Duration
		min, max time.Duration
	}{
		{"well", true, 0, every * 3 / 4, every * 5 / 4},
		{"first failure", false, 0, 1500 * time.Millisecond, 2500 * time.Millisecond},
		{"second", false, 0, 3 * time.Second, 5 * time.Second},
		{"third", false, 0, 6 * time.Second, 10 * time.Second},
		{"told to wait longer", false, time.Minute, time.Minute, 79 * time.Second},
		{"told to wait less", false, time.Second, 24 * time.Second, 40 * time.Second},
		{"sixth", false, 0, 48 * time.Second, 80 * time.Second},
		{"seventh", false, 0, 90 * time.Second, 150 * time.Second},
		{"no longer", false, 0, 90 * time.Second, 150 * time.Second},
		{"well again", true, 0, every * 3 / 4, every * 5 / 4},
		{"first again", false, 0, 1500 * time.Millisecond, 2500 * time.Millisecond},
	}
	for seed := range uint64(50) {
		after := agent.NewSchedule(every, rand.New(rand.NewPCG(seed, 0)))
		for _, tt := range tries {
			if got := after(tt.ok, tt.told); got < tt.min || got > tt.max {
				t.Errorf("seed %d, %s: %s, want %s to %s", seed, tt.name, got, tt.min, tt.max)
			}
		}
	}
}

// Ensure that pages fit a second and a half of the line, within bounds, and that one quick
// answer is not taken for a fast line.
func TestPace(t *testing.T) {
	tests := []struct {
		name string
		n    int
		d    time.Duration
		want int
	}{
		{"a slow line", 16 << 10, 4 * time.Second, 12 << 10},
		{"too little to tell", 100, time.Minute, 16 << 10},
		{"a clock that stands", 1 << 20, 0, 16 << 10},
		{"a fast line", 64 << 10, time.Millisecond, 48 << 10},
		{"as measured", 16 << 10, time.Second, 24 << 10},
	}
	for _, tt := range tests {
		if got := agent.NewPace().Note(tt.n, tt.d); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	p := agent.NewPace()
	for range 20 {
		p.Note(1<<20, time.Millisecond)
	}
	if got := p.Note(1<<20, time.Millisecond); got != 640<<10 {
		t.Errorf("at most %d", got)
	}
	for range 20 {
		p.Halve()
	}
	if got := p.Halve(); got != 12<<10 {
		t.Errorf("at least %d", got)
	}
}
