package line_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casedesk/store/catalogue/sample"
	"casedesk/sync/wire"
)

// routes are all calls of the county's public server; TestStrangers and TestScope
// are about the first two.
var routes = []string{"POST " + wire.PathExchange, "POST " + wire.PathEnrol, "GET " + wire.PathHealth, "GET /metrics"}

// Ensure that the county serves nobody over the network but by the calls that are
// known here, so that a new one cannot come without saying who may use it.
func TestRoutes_Known(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "county", "http.go"), nil, 0)
	must(t, err)
	names := map[string]string{"PathExchange": wire.PathExchange, "PathEnrol": wire.PathEnrol, "PathHealth": wire.PathHealth}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Handle" && sel.Sel.Name != "HandleFunc" {
			return true
		}
		pattern := ""
		ast.Inspect(call.Args[0], func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				must(t, err)
				pattern += text
			case *ast.Ident:
				pattern += names[n.Name]
			}
			return true
		})
		found = append(found, pattern)
		return true
	})
	if !slices.Equal(found, routes) {
		t.Errorf("the county serves %q, known are %q", found, routes)
	}
}

// Ensure that what is not a call of the protocol is refused, whoever asks: other
// methods, sub-commands, metrics from elsewhere, and paths that lead around.
func TestRoutes_Refuse(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid := o.newPeer("grid1")
	grid.exchange()
	before := o.dump()
	for _, call := range []struct {
		method, path string
		want         int
	}{
		{"GET", wire.PathExchange, http.StatusMethodNotAllowed}, {"PUT", wire.PathExchange, http.StatusMethodNotAllowed},
		{"DELETE", wire.PathEnrol, http.StatusMethodNotAllowed}, {"POST", wire.PathHealth, http.StatusMethodNotAllowed},
		{"GET", "/metrics", http.StatusNotFound}, // a cable is not this machine
		{"POST", "/slip", http.StatusNotFound}, {"POST", "/people", http.StatusNotFound}, {"POST", "/devices", http.StatusNotFound},
		{"POST", "/revoke", http.StatusNotFound}, {"POST", "/publish", http.StatusNotFound}, {"POST", "/backup", http.StatusNotFound},
		{"POST", "/verify", http.StatusNotFound}, {"GET", "/", http.StatusNotFound}, {"GET", "/debug/pprof/", http.StatusNotFound},
		{"POST", "/v1/../slip", http.StatusTemporaryRedirect}, {"POST", "/v2/exchange", http.StatusNotFound},
	} {
		r, err := http.NewRequestWithContext(ctx, call.method, "https://127.0.0.1:1"+call.path, strings.NewReader("{}"))
		must(t, err)
		answer, err := grid.client.HTTP.Do(r)
		must(t, err)
		answer.Body.Close()
		if answer.StatusCode != call.want {
			t.Errorf("%s %s: %s, want %d", call.method, call.path, answer.Status, call.want)
		}
	}
	if o.dump() != before {
		t.Error("a call that is none changed the county")
	}
}
