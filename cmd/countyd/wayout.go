package main

import (
	"errors"
	"os"

	"github.com/spf13/pflag"

	"casedesk/sync/notify"
)

// wayOut is what the flags say about how texts go out.
type wayOut struct {
	gateway, keyFile, folder string
}

func (w *wayOut) flags(c *config, fs *pflag.FlagSet) {
	c.run.String(fs, &w.gateway, "sms-gateway", "URL")
	c.run.String(fs, &w.keyFile, "sms-key-file", "FILE")
	c.run.String(fs, &w.folder, "sms-folder", "DIR")
}

// open returns the way out, nil when there is none.
func (w *wayOut) open(c *config) (notify.Out, error) {
	wrong := func(field, key string, err error, args ...any) error {
		p := c.run.Usage(key, args...)
		p.Field, p.Err = field, err
		return p
	}
	switch {
	case w.folder != "" && (w.gateway != "" || w.keyFile != ""):
		return nil, wrong("sms-folder", "cli.county.one_way", nil)
	case w.folder != "":
		info, err := os.Stat(w.folder)
		if err != nil {
			return nil, c.run.BadFile(w.folder, "sms-folder", err)
		}
		if !info.IsDir() {
			return nil, wrong("sms-folder", "cli.county.no_folder", nil, w.folder)
		}
		return notify.NewModem(w.folder), nil
	case w.gateway != "" && w.keyFile == "":
		return nil, c.needs("sms-key-file")
	case w.gateway == "" && w.keyFile != "":
		return nil, c.needs("sms-gateway")
	case w.gateway == "":
		return nil, nil
	}
	key, err := c.run.FirstLine(w.keyFile, "sms-key-file")
	if err != nil {
		return nil, err
	}
	out, err := notify.NewGateway(w.gateway, []byte(key), notify.GatewayOptions{Clock: c.run.Now})
	switch {
	case errors.Is(err, notify.ErrURL):
		return nil, wrong("sms-gateway", "cli.county.bad_gateway", err)
	case errors.Is(err, notify.ErrInsecure):
		return nil, wrong("sms-gateway", "cli.county.insecure_gateway", err)
	case errors.Is(err, notify.ErrKey):
		return nil, wrong("sms-key-file", "cli.county.short_key", err)
	case err != nil:
		return nil, err
	}
	return out, nil
}
