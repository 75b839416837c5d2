package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Step is one thing that the story shows.
type Step struct {
	Step    int           `json:"step"`
	Name    string        `json:"name"` // i18n key "demo.step.<name>"
	Seat    string        `json:"seat"`
	Receipt store.Receipt `json:"receipt,omitempty"`
	OK      bool          `json:"ok"`
}

// Result ends the story.
type Result struct {
	Result string `json:"result"` // "ok" or "failed"
	Steps  int    `json:"steps"`
}

// patience is how long a step may take to happen by itself.
const patience = 30 * time.Second

// ErrStep reports a step that did not happen.
var ErrStep = errors.New("demo: a step did not happen")

// Play plays the story of a case that is logged in a village without a network,
// and tells every step. The agents run by themselves: nothing here asks for an
// exchange.
func (w *World) Play(ctx context.Context, tell func(Step)) (Result, error) {
	s := &story{w: w, ctx: ctx, tell: tell}
	for _, scene := range []func(*story) error{
		(*story).enrolled, (*story).offline, (*story).delivered, (*story).accepted, (*story).contested, (*story).settled,
	} {
		if err := scene(s); err != nil {
			return Result{Result: "failed", Steps: s.steps}, err
		}
	}
	return Result{Result: "ok", Steps: s.steps}, nil
}

type story struct {
	w     *World
	ctx   context.Context
	tell  func(Step)
	steps int
	id    casework.CaseID
}

// step tells one step, and stops the story where it did not happen.
func (s *story) step(name, seat string, receipt store.Receipt, err error) error {
	s.steps++
	s.tell(Step{Step: s.steps, Name: name, Seat: seat, Receipt: receipt, OK: err == nil})
	if err != nil {
		return fmt.Errorf("%w: step %d, %s at %s: %w", ErrStep, s.steps, name, seat, err)
	}
	return nil
}

// until waits until the case looks as told at a seat, without a key pressed.
func (s *story) until(seat string, ok func(store.View) bool) (store.View, error) {
	l := s.w.Laptop(seat)
	watch := l.Store.Watch()
	defer watch.Stop()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		v, err := l.Store.Case(s.id)
		if err == nil && ok(v) {
			return v, nil
		}
		select {
		case <-s.ctx.Done():
			return v, s.ctx.Err()
		case <-timer.C:
			return v, fmt.Errorf("waited %v in vain: state %q, receipt %q, %d contested, %v", patience, v.State, v.Receipt, v.Contested, err)
		case <-watch.C:
			watch.Take()
		}
	}
}

func (s *story) enrolled() error {
	for _, l := range s.w.Laptops {
		var err error
		if l.Store.Profile().County == nil {
			err = errors.New("no county")
		}
		if err := s.step("enrolled", l.Seat, "", err); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) offline() error {
	s.w.Cut.Set(true)
	if err := s.step("cut", seatGrid, "", nil); err != nil {
		return err
	}
	l := s.w.Laptop(seatGrid)
	saved, err := l.register(casework.Fields{
		casework.FieldCategory: "0201", casework.FieldChannel: "02", casework.FieldTitle: "两家为排水沟争吵",
		casework.FieldFacts:    "雨水从上户流进下户院子，下户堵了水沟，两家争吵。",
		casework.FieldDivision: grid1Village, casework.FieldPeople: "2",
	}, []casework.Party{{Role: "applicant", Name: "张三丰（化名）", Phone: "13800000005"}, {Role: "respondent", Name: "欧阳明远（化名）"}})
	s.id = saved.Case
	if err == nil && saved.Receipt != store.SavedHere {
		err = fmt.Errorf("receipt %s", saved.Receipt)
	}
	return s.step("logged_offline", seatGrid, saved.Receipt, err)
}

func (s *story) delivered() error {
	s.w.Cut.Set(false)
	if err := s.step("restored", seatGrid, "", nil); err != nil {
		return err
	}
	v, err := s.until(seatGrid, func(v store.View) bool { return v.Receipt == store.Delivered })
	if err := s.step("delivered", seatGrid, v.Receipt, err); err != nil {
		return err
	}
	v, err = s.until(seatTown, func(v store.View) bool { return v.Todo && v.Light != casework.None })
	return s.step("on_the_mediators_list", seatTown, v.Receipt, err)
}

func (s *story) accepted() error {
	saved, err := s.w.Laptop(seatTown).act(s.id, casework.ActAccept, nil)
	if err := s.step("accepted", seatTown, saved.Receipt, err); err != nil {
		return err
	}
	v, err := s.until(seatGrid, func(v store.View) bool { return v.State == casework.StateAccepted })
	return s.step("acceptance_came_back", seatGrid, v.Receipt, err)
}

// contested lets two people act without knowing of each other.
func (s *story) contested() error {
	s.w.Cut.Set(true)
	saved, err := s.w.Laptop(seatGrid).act(s.id, casework.ActRefuse, map[string]string{"reason": "双方说不需要调解了。"})
	if err := s.step("refused_offline", seatGrid, saved.Receipt, err); err != nil {
		return err
	}
	saved, err = s.w.Laptop(seatTown).act(s.id, casework.ActAssign, map[string]string{"lead": "441621-zjj", "co": "441621102-sfs"})
	if err := s.step("assigned_offline", seatTown, saved.Receipt, err); err != nil {
		return err
	}
	s.w.Cut.Set(false)
	for _, seat := range []string{seatGrid, seatTown} {
		v, err := s.until(seat, func(v store.View) bool { return v.Contested == 1 })
		if err := s.step("both_versions", seat, v.Receipt, err); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) settled() error {
	l := s.w.Laptop(seatTown)
	v, err := l.Store.Case(s.id)
	if err != nil {
		return s.step("settled", seatTown, "", err)
	}
	saved, err := l.act(s.id, casework.ActSettle, map[string]string{"entry": v.Case.Contested[0].String(), "choice": "keep"})
	if err := s.step("settled", seatTown, saved.Receipt, err); err != nil {
		return err
	}
	want := saved.State
	for _, seat := range []string{seatGrid, seatCounty} {
		v, err := s.until(seat, func(v store.View) bool { return v.Contested == 0 && v.State == want })
		if err := s.step("agreed_everywhere", seat, v.Receipt, err); err != nil {
			return err
		}
	}
	return s.same()
}

// same waits until the three laptops make the same of the case.
func (s *story) same() error {
	deadline := time.Now().Add(patience)
	for {
		digests := map[string]bool{}
		for _, l := range s.w.Laptops {
			v, err := l.Store.Case(s.id)
			if err != nil {
				return s.step("same_case", l.Seat, "", err)
			}
			digests[casework.Digest(&v.Case)] = true
		}
		if len(digests) == 1 {
			return s.step("same_case", seatCounty, store.Delivered, nil)
		}
		if time.Now().After(deadline) {
			return s.step("same_case", seatCounty, "", fmt.Errorf("%d different cases", len(digests)))
		}
		select {
		case <-s.ctx.Done():
			return s.ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}
