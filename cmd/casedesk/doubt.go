package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// trust refuses a profile whose last desk did not end in order and whose pages
// are damaged. After an end in order there is nothing to find out, and no time is
// spent.
func trust(dir string) error {
	if !store.Doubtful(dir) {
		return nil
	}
	return checkPages(context.Background(), dir)
}

// checkPages reads every page of the file in a process of its own, because a
// page that points astray ends the process that follows it.
func checkPages(ctx context.Context, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("check pages: %w", err)
	}
	info, err := os.Stat(filepath.Join(dir, profileFile))
	if err != nil {
		return fmt.Errorf("check pages: %w", err)
	}
	return judge(ctx, pagesPatience(info.Size()), exec.Command(self, "check", "--pages", "--json", "--dir", dir))
}

// pagesPatience is how long the check of a file may take, so slow a disk as 10 MB
// a second allowed for.
func pagesPatience(size int64) time.Duration {
	return 30*time.Second + time.Duration(size/(10<<20))*time.Second
}

// judge runs a check and refuses with what it refused with; with damaged when it
// did not live to say so, or came to no end.
func judge(ctx context.Context, patience time.Duration, check *exec.Cmd) error {
	var out bytes.Buffer
	check.Stderr = &out
	if err := check.Start(); err != nil {
		return fmt.Errorf("check pages: %w", err)
	}
	late := time.AfterFunc(patience, func() { _ = check.Process.Kill() })
	defer late.Stop()
	defer context.AfterFunc(ctx, func() { _ = check.Process.Kill() })()
	err := check.Wait()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &ended):
		return fmt.Errorf("check pages: %w", err)
	}
	var told struct{ Error casework.Code }
	if json.Unmarshal(bytes.TrimSpace(out.Bytes()), &told) != nil || told.Error == casework.CodeDamaged {
		return casework.Refuse(casework.CodeDamaged, whyPages)
	}
	return casework.Refuse(told.Error, "")
}

// whyPages: the file's pages are damaged, so it is not opened.
const whyPages casework.Why = "pages"
