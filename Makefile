# The commands of the README, for those whose fingers type make.
.PHONY: demo test check build fuzz soak mutants

demo:  ; go run ./cmd/casedesk demo
test:  ; go test ./...
check: ; bash .ci/run
build: ; CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/ ./cmd/casedesk ./cmd/countyd

# Every decoder, twenty seconds each.
fuzz:
	@grep -rl --include=*_test.go '^func Fuzz' . | while read -r file; do \
		grep -o '^func Fuzz[A-Za-z]*' "$$file" | while read -r _ name; do \
			echo "$$name in $$(dirname "$$file")"; \
			go test "$$(dirname "$$file")" -run '^$$' -fuzz "^$$name\$$" -fuzztime 20s -fuzzminimizetime 1x || exit 1; \
		done || exit 1; \
	done

# The long versions of the proofs, within FOR; the table goes into docs/reliability.md.
FOR ?= 1h
soak:  ; go run ./cmd/internal/soak -for $(FOR)

# Every planted fault against the simulator.
mutants: ; go test ./cmd/internal/mutants -count=1 -timeout 30m -args -mutants
