//go:build !linux

package store

import "time"

func systemBoot() string { return "" }

func sinceBoot() (time.Duration, bool) { return 0, false }
