# The commands of the README, for those whose fingers type make.
.PHONY: demo test check build fuzz

demo:  ; go run ./cmd/casedesk demo
test:  ; go test ./...
check: ; bash .ci/run
build: ; CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/ ./cmd/...
