package main

import (
	"context"
	"errors"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
	"casedesk/tui/words"
)

// Taking a laptop over, for the command line and for the desk: each step may be
// done again after whatever stopped it.

// handedIn returns the word that the worker before left in the folder.
func handedIn(dir string) (store.Word, error) {
	word, there := store.WordIn(dir)
	if !there {
		return word, casework.Refuse(casework.CodeNotAllowed, store.WhyNotHanded)
	}
	return word, nil
}

// fits refuses a slip that is of another county than the word, before anything is
// made.
func fits(word store.Word, slip wire.Slip) error {
	if slip.County.String() != word.County {
		return &casework.Refusal{Code: casework.CodeWrongCounty, Field: "slip"}
	}
	return nil
}

// readSlip reads a slip, and says that it is none.
func readSlip(text string) (wire.Slip, error) {
	slip, err := wire.ParseSlip(text)
	if err != nil {
		return slip, &casework.Refusal{Code: casework.CodeInvalid, Why: agent.WhySlip, Field: "slip", Err: err}
	}
	return slip, nil
}

// joinNext joins the next worker's profile to the county, if it has none, and
// brings what her units are shown.
func (c *config) joinNext(ctx context.Context, s *store.Store, slip string) error {
	if s.Profile().County == nil {
		if err := agent.Enrol(ctx, s, slip, c.agentConfig()); err != nil {
			return c.again(err)
		}
	}
	_, err := agent.New(s, c.agentConfig()).Sync(ctx, nil)
	return c.again(err)
}

// signOver signs that the profile takes the laptop over, and once the county has
// admitted that, destroys the profile before and moves in. It closes the store. A
// profile that the county refuses is dropped: there is nothing in it but that.
func (c *config) signOver(ctx context.Context, s *store.Store, dir string, word store.Word) error {
	if err := s.TakeOver(word); err != nil {
		err = errors.Join(err, s.Close())
		if errors.Is(err, &casework.Refusal{Code: casework.CodeWrongCounty}) {
			err = errors.Join(err, store.DropBeside(dir))
		}
		return err
	}
	if _, err := agent.New(s, c.agentConfig()).Sync(ctx, nil); err != nil {
		return errors.Join(c.again(err), s.Close())
	}
	err := s.TookOver(word)
	if cerr := s.Close(); err == nil {
		err = cerr
	}
	if errors.Is(err, &casework.Refusal{Code: casework.CodeHeld}) {
		return errors.Join(err, store.DropBeside(dir))
	}
	if err != nil {
		return c.again(err)
	}
	if err := store.ForgetHanded(dir, c.options()); err != nil {
		return err
	}
	_, err = store.FinishTaking(dir, c.options())
	return err
}

// again says that a step can be done once more where only the network was wanting.
func (c *config) again(err error) error {
	var r *casework.Refusal
	if errors.As(err, &r) && (r.Code == casework.CodeOffline || r.Why == store.WhyNotAnswered) {
		return &cli.Problem{Code: casework.CodeOffline, Why: r.Why, Err: err, Next: c.run.Words.T("cli.handover.again")}
	}
	return err
}

// handed looks whether the folder waits for the next worker.
func (b *bench) handed() words.Handed {
	word, there := store.WordIn(b.dir)
	return words.Handed{Word: word, There: there && hasProfile(b.dir), Begun: hasProfile(store.Beside(b.dir))}
}

// prepareTaking makes or opens the next worker's profile, joins it to the county
// and reads what she would take over. Nothing is signed, and the profile is closed
// again. A code that was made is told also where a later step failed.
func (b *bench) prepareTaking(slip, passphrase string) (*words.Taking, error) {
	word, err := handedIn(b.dir)
	if err != nil {
		return nil, err
	}
	next := store.Beside(b.dir)
	begun := hasProfile(next)
	if slip != "" || !begun {
		read, err := readSlip(slip)
		if err == nil {
			err = fits(word, read)
		}
		if err != nil {
			return nil, err
		}
	}
	told := &words.Taking{Word: word}
	var s *store.Store
	if begun {
		if err := trust(next); err != nil {
			return nil, err
		}
		s, err = store.Open(next, passphrase, b.c.options())
	} else {
		var code seal.RecoveryCode
		if s, code, err = store.Create(next, passphrase, b.c.options()); err == nil {
			told.Code = &code
			_ = s.Prove(false) // until she has shown that it is on paper
		}
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := b.c.joinNext(context.Background(), s, slip); err != nil {
		return told, err
	}
	p, ix := s.Profile(), s.Catalogue()
	told.Me, told.County, told.Fingerprint = ix.PersonName(p.User), p.County.Name, p.County.Fingerprint
	for _, u := range p.Units {
		told.Units = append(told.Units, ix.UnitName(u))
	}
	before, err := s.WorkBefore(word)
	if before.User != "" {
		told.Before = ix.PersonName(before.User)
	}
	told.Cases = before.Cases
	return told, err
}

// take signs, moves in and opens the desk.
func (b *bench) take(passphrase string, proved bool) (*store.Store, error) {
	moved, err := store.FinishTaking(b.dir, b.c.options())
	if err != nil {
		return nil, err
	}
	if !moved {
		word, err := handedIn(b.dir)
		if err != nil {
			return nil, err
		}
		s, err := store.Open(store.Beside(b.dir), passphrase, b.c.options())
		if err != nil {
			return nil, err
		}
		if proved {
			if err := s.Prove(true); err != nil {
				return nil, errors.Join(err, s.Close())
			}
		}
		if err := b.c.signOver(context.Background(), s, b.dir, word); err != nil {
			return nil, err
		}
	}
	return b.open(passphrase)
}

// dropTaking gives up what was begun to take the laptop over, while the profile
// before is still there.
func (b *bench) dropTaking() error {
	if !hasProfile(b.dir) {
		return casework.Refuse(casework.CodeNotAllowed, store.WhyNotHanded)
	}
	return store.DropBeside(b.dir)
}
