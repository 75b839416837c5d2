package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"casedesk/sync/county"
	"casedesk/sync/notify"
	"casedesk/sync/wire"
)

// servingJSON is the first line of a server that is ready.
type servingJSON struct {
	Listening   string `json:"listening"`
	Fingerprint string `json:"fingerprint"`
	PID         int    `json:"pid"`
}

const (
	defaultListen = "127.0.0.1:8443"
	auditFile     = "audit.log"
	// farewell is how long a server that was told to end waits for the
	// requests that it is serving.
	farewell = 10 * time.Second
)

func newServe(c *config) *cobra.Command {
	var listen, address string
	var sms wayOut
	cmd := &cobra.Command{Use: "serve [--listen HOST:PORT] [--address URL] [--sms-gateway URL --sms-key-file FILE | --sms-folder DIR]",
		Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			out, err := sms.open(c)
			if err != nil {
				return err
			}
			return c.serve(cmd.Context(), listen, address, out)
		}}
	c.run.String(cmd.Flags(), &listen, "listen", "HOST:PORT")
	c.run.String(cmd.Flags(), &address, "address", "URL")
	sms.flags(c, cmd.Flags())
	return cmd
}

// serve serves until ctx ends. Texts go out where there is a way out.
func (c *config) serve(ctx context.Context, listen, address string, out notify.Out) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, county.KeyFile)); err != nil {
		return notThere(err)
	}
	conf := c.conf()
	conf.Log = slog.New(slog.NewTextHandler(c.run.Err, &slog.HandlerOptions{Level: slog.LevelInfo}))
	audit, err := os.OpenFile(filepath.Join(dir, auditFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return c.run.BadFile(auditFile, "dir", err)
	}
	defer audit.Close()
	conf.Audit = slog.New(slog.NewJSONHandler(audit, nil))
	served, closeLedger, err := c.open(ctx, dir, &conf)
	if err != nil {
		return err
	}
	sending, stop := context.WithCancel(ctx)
	var sender sync.WaitGroup
	if out != nil {
		sender.Go(func() { served.KeepSending(sending, out) })
	}
	err = c.listen(ctx, served, conf.Key, dir, listen, address)
	stop()
	sender.Wait()
	return errors.Join(err, closeLedger())
}

func (c *config) listen(ctx context.Context, served *county.County, key *county.Key, dir, listen, address string) error {
	if listen == "" {
		listen = defaultListen
	}
	public, err := net.Listen("tcp", listen)
	if err != nil {
		p := c.run.Usage("cli.county.no_listen", listen)
		p.Field, p.Err = "listen", err
		return p
	}
	defer public.Close()
	if address = reachable(address, public.Addr()); address != "" {
		if err := served.SetAddress(ctx, address); err != nil {
			return c.badAddress(err, address)
		}
	}
	office, handler, err := served.ListenAdmin(dir)
	if err != nil {
		return fmt.Errorf("listen for sub-commands: %w", err)
	}
	defer office.Close()
	laptops, err := served.Server()
	if err != nil {
		return err
	}
	orders := &http.Server{Handler: handler, ReadHeaderTimeout: farewell}
	ended := make(chan error, 3)
	go func() { ended <- laptops.ServeTLS(public, "", "") }()
	go func() { ended <- orders.Serve(office) }()
	if err := c.run.Object(servingJSON{Listening: public.Addr().String(), Fingerprint: key.Fingerprint().String(), PID: os.Getpid()}); err != nil {
		return err
	}
	c.greet(public.Addr())
	ctx, stop := context.WithCancel(ctx)
	var inside sync.WaitGroup // what goes on without anybody asking
	inside.Go(func() {
		if err := served.Sweep(ctx); err != nil && ctx.Err() == nil {
			ended <- err
		}
		served.Watch(ctx)
	})
	select {
	case err = <-ended: // a server that ends by itself ends in trouble
	case <-ctx.Done():
		err = nil
	}
	stop()
	err = errors.Join(err, shutdown(laptops, orders))
	inside.Wait()
	return err
}

// greet tells a person at a terminal what the first line means and what to do
// next; programs read the line itself.
func (c *config) greet(on net.Addr) {
	if w := c.run.Progress(); w != nil {
		fmt.Fprintln(w, c.run.Words.T("cli.county.listening", on))
		fmt.Fprintln(w, c.run.Words.T("cli.county.serve_next"))
	}
}

// badAddress says what an address looks like.
func (c *config) badAddress(err error, address string) error {
	if !errors.Is(err, wire.ErrSlip) {
		return err
	}
	p := c.run.Usage("cli.county.bad_address", address)
	p.Field, p.Err = "address", err
	return p
}

// shutdown lets both servers end what they are serving.
func shutdown(servers ...*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	var all error
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			all = errors.Join(all, s.Close())
		}
	}
	return all
}
