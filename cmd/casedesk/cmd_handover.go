package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/sync/agent"
)

// handoverJSON is how far a hand-over has come. Ready: everything is at the
// county, and the next worker may take over.
type handoverJSON struct {
	To      catalogue.UserID `json:"to"`
	Receipt store.Receipt    `json:"receipt"`
	Ready   bool             `json:"ready"`
}

// takenJSON is a laptop that was taken over.
type takenJSON struct {
	enrolledJSON
	TookOver string `json:"took_over"` // the log before
}

// Steps of a hand-over.
const (
	stepOffer  = "offer"
	stepStatus = "status"
	stepBack   = "back"
	stepTake   = "take"
)

var handoverSteps = []string{stepOffer, stepStatus, stepBack, stepTake}

func newHandover(c *config) *cobra.Command {
	var to, remark string
	var n newcomer
	cmd := &cobra.Command{Use: "handover offer --to USER [--remark TEXT] | status | back | take SLIP|FILE|- [--recovery-out FILE]", Args: c.run.Args(1, 2)}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case args[0] == stepTake && len(args) < 2:
			return c.run.Usage("cli.too_few", cmd.UseLine())
		case args[0] != stepTake && len(args) > 1:
			return c.run.Usage("cli.too_many", args[1], cmd.UseLine())
		}
		switch args[0] {
		case stepOffer:
			if to == "" {
				return c.run.Usage("cli.flag_needed", "--to")
			}
			return c.handOver(cmd.Context(), catalogue.UserID(to), text.Line(remark).String())
		case stepStatus:
			return c.handed()
		case stepBack:
			return c.takeBack(cmd.Context())
		case stepTake:
			return c.takeOver(cmd.Context(), args[1], n)
		}
		return oneOf(c, "handover", handoverSteps)
	}
	c.run.String(cmd.Flags(), &to, "to", "USER")
	c.run.String(cmd.Flags(), &remark, "remark", "TEXT")
	n.flags(c, cmd)
	return cmd
}

// handOver hands the laptop to somebody, and lets the county know. Done again
// after a try without a network, it goes on.
func (c *config) handOver(ctx context.Context, to catalogue.UserID, remark string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if h, _, _, handed := s.Handed(); !handed || h.To != to {
		if err := s.HandOver(to, remark); err != nil {
			return c.waiting(s, err)
		}
	}
	_, err = agent.New(s, c.agentConfig()).Sync(ctx, nil)
	if err == nil {
		err = s.LeaveWord()
	}
	return errors.Join(c.tellHanded(s), err)
}

// waiting adds to the refusal of a hand-over what stands in its way.
func (c *config) waiting(s *store.Store, err error) error {
	var r *casework.Refusal
	if !errors.As(err, &r) {
		return err
	}
	w, werr := s.Waiting()
	if werr != nil {
		return err
	}
	p := &cli.Problem{Code: r.Code, Why: r.Why, Err: err}
	switch r.Why {
	case store.WhyDrafts:
		names := ""
		for _, d := range w.Drafts[:min(len(w.Drafts), 3)] {
			title := d.Values[string(casework.FieldTitle)]
			if title == "" {
				title = c.run.Words.T("action." + string(d.Action))
			}
			names += " " + safe(title)
		}
		p.Message = c.run.Words.T("cli.handover.drafts", len(w.Drafts), names)
	case store.WhyUnsent:
		p.Message = c.run.Words.T("cli.handover.unsent", w.Unsent)
	case store.WhyHeldOwn:
		numbers := ""
		for _, row := range w.Held[:min(len(w.Held), 3)] {
			numbers += " " + safe(row.Number)
		}
		p.Message = c.run.Words.T("cli.handover.held", len(w.Held), numbers)
	}
	return p
}

func (c *config) handed() error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, _, handed := s.Handed(); !handed {
		return casework.Refuse(casework.CodeNotFound, store.WhyNotHanded)
	}
	return c.tellHanded(s)
}

// tellHanded tells how far the hand-over has come.
func (c *config) tellHanded(s *store.Store) error {
	h, receipt, _, _ := s.Handed()
	_, ready := store.WordIn(s.Dir())
	if c.run.JSON {
		return c.run.Object(handoverJSON{To: h.To, Receipt: receipt, Ready: ready})
	}
	name := s.Catalogue().PersonName(h.To)
	if !ready {
		return c.run.Print("cli.handover.waits", name)
	}
	key := "cli.handover.ready"
	if receipt == store.BackedUp {
		key = "cli.handover.ready_backed"
	}
	return c.run.Print(key, name)
}

// takeBack takes a hand-over back that nobody has answered.
func (c *config) takeBack(ctx context.Context) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.TakeBack(); err != nil {
		return err
	}
	told := store.Delivered
	_, err = agent.New(s, c.agentConfig()).Sync(ctx, nil)
	if err != nil {
		told = store.SavedHere // it is taken back all the same
	}
	if c.run.JSON {
		return errors.Join(c.run.Object(handoverJSON{Receipt: told}), err)
	}
	return errors.Join(c.run.Print("cli.handover.back"), err)
}

// takeOver makes the next worker's profile beside the one before, lets the county
// confirm it, destroys the one before and moves in. Each step may be done again.
// It asks for one passphrase: for a new one twice, for that of a profile which an
// earlier try made once.
func (c *config) takeOver(ctx context.Context, arg string, n newcomer) error {
	slip, err := c.slip(arg)
	if err != nil {
		return err
	}
	read, err := readSlip(slip)
	if err != nil {
		return err
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	if moved, err := store.FinishTaking(dir, c.options()); err != nil {
		return err
	} else if moved {
		return c.tellMovedIn()
	}
	word, err := handedIn(dir)
	if err == nil {
		err = fits(word, read)
	}
	if err != nil {
		return err
	}
	s, err := c.nextProfile(store.Beside(dir), n)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.joinNext(ctx, s, slip); err != nil {
		return err
	}
	if !c.run.JSON {
		if err := c.tellBefore(s, word); err != nil {
			return err
		}
	}
	who, told := s.Profile(), s.Catalogue()
	if err := c.signOver(ctx, s, dir, word); err != nil {
		return err
	}
	return c.tellTaken(who, told, word.Log.String())
}

// nextProfile opens the next worker's profile that an earlier try made, or makes
// it.
func (c *config) nextProfile(dir string, n newcomer) (*store.Store, error) {
	if !hasProfile(dir) {
		n.moves = true
		return c.create(dir, n)
	}
	if err := trust(dir); err != nil {
		return nil, err
	}
	s, err := c.unlock(dir)
	if errors.Is(err, &casework.Refusal{Code: casework.CodeWrongPassphrase}) {
		return nil, &cli.Problem{Code: casework.CodeWrongPassphrase, Err: err, Next: c.run.Words.T("cli.handover.begun", dir)}
	}
	return s, err
}

// tellMovedIn tells of a take-over that only had to be put in its place.
func (c *config) tellMovedIn() error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	return c.tellTaken(s.Profile(), s.Catalogue(), "")
}

// tellBefore tells what is taken over.
func (c *config) tellBefore(s *store.Store, word store.Word) error {
	before, err := s.WorkBefore(word)
	if err != nil {
		return err
	}
	if before.User != "" {
		if err := c.run.Print("cli.handover.before", s.Catalogue().PersonName(before.User), len(before.Cases)); err != nil {
			return err
		}
	}
	if word.At == 0 {
		return nil
	}
	return c.run.Print("cli.handover.counted", time.UnixMilli(word.At).In(zone()).Format("2006-01-02 15:04"), word.Cases, word.Open, word.Todo)
}

func (c *config) tellTaken(p store.Profile, ix *catalogue.Index, before string) error {
	if c.run.JSON {
		return c.run.Object(takenJSON{enrolledJSON{Profile: p.ID, Log: p.Log.String(), User: safe(p.User), Units: p.Units,
			County: safe(p.County.Name), Fingerprint: p.County.Fingerprint}, before})
	}
	return c.run.Print("cli.handover.taken", ix.PersonName(p.User))
}
