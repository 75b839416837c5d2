package catalogue

// tree is a table whose rows may name a parent row. Its walks always end.
type tree[K ~string, R any] struct {
	rows     map[K]R
	up       map[K]K   // parents that exist, without the links that close a circle
	children map[K][]K // in published order; under "" the rows without a parent
}

// newTree indexes rows; link returns a row's key and its parent's.
func newTree[K ~string, R any](rows []R, link func(R) (key, parent K)) tree[K, R] {
	t := tree[K, R]{rows: make(map[K]R, len(rows)), up: make(map[K]K, len(rows)), children: make(map[K][]K)}
	order := make([]K, 0, len(rows))
	for _, row := range rows {
		key, parent := link(row)
		if _, twice := t.rows[key]; twice || key == "" {
			continue
		}
		t.rows[key] = row
		order = append(order, key)
		if parent != "" {
			t.up[key] = parent
		}
	}
	for _, key := range order {
		if _, known := t.rows[t.up[key]]; !known {
			delete(t.up, key)
		}
	}
	for _, key := range circular(order, t.up) {
		delete(t.up, key)
	}
	for _, key := range order {
		t.children[t.up[key]] = append(t.children[t.up[key]], key)
	}
	return t
}

func (t tree[K, R]) row(key K) (R, bool) {
	row, ok := t.rows[key]
	return row, ok
}

// above reports whether a is a strict ancestor of b.
func (t tree[K, R]) above(a, b K) bool {
	if a == "" {
		return false
	}
	for key := t.up[b]; key != ""; key = t.up[key] {
		if key == a {
			return true
		}
	}
	return false
}

// circular returns one key of every circle that the links form, in the order
// given; the links that remain without those form none.
func circular[K ~string](order []K, up map[K]K) []K {
	const (
		walking = 1
		done    = 2
	)
	state := make(map[K]int, len(order))
	var found []K
	for _, start := range order {
		var path []K
		key := start
		for key != "" && state[key] == 0 {
			state[key] = walking
			path = append(path, key)
			key = up[key]
		}
		if key != "" && state[key] == walking {
			found = append(found, path[len(path)-1])
		}
		for _, k := range path {
			state[k] = done
		}
	}
	return found
}
