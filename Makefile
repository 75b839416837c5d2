# The commands of the README, for those whose fingers type make.
.PHONY: demo test check build fuzz soak

demo:  ; go run ./cmd/casedesk demo
test:  ; go test ./...
check: ; bash .ci/run
build: ; CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/ ./cmd/...

# Every decoder, twenty seconds each.
fuzz:
	@grep -rl --include=*_test.go '^func Fuzz' . | while read -r file; do \
		grep -o '^func Fuzz[A-Za-z]*' "$$file" | while read -r _ name; do \
			echo "$$name in $$(dirname "$$file")"; \
			go test "$$(dirname "$$file")" -run '^$$' -fuzz "^$$name\$$" -fuzztime 20s -fuzzminimizetime 1x || exit 1; \
		done || exit 1; \
	done

# Many seeded days of laptops and a county, with every trouble there is.
soak:  ; go test ./sync/sim -run 'TestOffice$$' -sim.seeds=2000 -timeout 2h
