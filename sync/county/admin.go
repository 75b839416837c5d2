package county

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Office is what the county's people ask of their server with sub-commands. A
// County does it itself; a Remote asks the server that has the ledger open.
type Office interface {
	Slip(ctx context.Context, user catalogue.UserID, valid time.Duration) (Issued, error)
	Slips(ctx context.Context, unit catalogue.UnitID, valid time.Duration) ([]Issued, error)
	People(ctx context.Context) ([]Account, error)
	Explain(ctx context.Context, user catalogue.UserID) (Explained, error)
	Devices(ctx context.Context) ([]Device, error)
	Revoke(ctx context.Context, device string) (string, error)
	Publish(ctx context.Context, cat catalogue.Catalogue) (uint64, error)
	Catalogue(ctx context.Context) (catalogue.Catalogue, error)
	Renew(ctx context.Context, edited catalogue.Catalogue, dry bool) (Renewal, error)
	Backup(ctx context.Context, path string) (Saved, error)
	Verify(ctx context.Context) (Verified, error)
	Likely(ctx context.Context, since time.Time) ([]LikelyPair, error)
	Messages(ctx context.Context, state MessageState) ([]Message, error)
	RetryMessages(ctx context.Context, id string) (int, error)
	Receipt(ctx context.Context, code, caller string) (Slipped, error)
	Say(ctx context.Context, code, caller string, said casework.Said) (Slipped, error)
	Report(ctx context.Context, o ReportOrder) (Reported, error)
}

var (
	_ Office = (*County)(nil)
	_ Office = (*Remote)(nil)
)

// maxAdmin bounds a request of a sub-command: a catalogue.
const maxAdmin = 32 << 20

// Orders are the requests of sub-commands, as JSON.
type (
	slipOrder struct {
		User  catalogue.UserID `json:"user"`
		Valid time.Duration    `json:"valid"` // nanoseconds
	}
	slipsOrder struct {
		Unit  catalogue.UnitID `json:"unit"`
		Valid time.Duration    `json:"valid"`
	}
	revokeOrder struct {
		Device string `json:"device"`
	}
	publishOrder struct {
		Catalogue catalogue.Catalogue `json:"catalogue"`
	}
	renewOrder struct {
		Catalogue catalogue.Catalogue `json:"catalogue"`
		Dry       bool                `json:"dry"`
	}
	likelyOrder struct {
		Since time.Time `json:"since"`
	}
	messagesOrder struct {
		State MessageState `json:"state"`
	}
	retryOrder struct {
		ID string `json:"id"`
	}
	receiptOrder struct {
		Code   string         `json:"code"`
		Caller string         `json:"caller"`
		Said   *casework.Said `json:"said,omitempty"`
	}
	explainOrder struct {
		User catalogue.UserID `json:"user"`
	}
	backupOrder struct {
		File string `json:"file"`
	}
)

// AdminHandler serves sub-commands. Its listener must be out of others' reach:
// ListenAdmin makes one.
func (c *County) AdminHandler() http.Handler {
	mux := http.NewServeMux()
	order(mux, "slip", func(ctx context.Context, o slipOrder) (Issued, error) { return c.Slip(ctx, o.User, o.Valid) })
	order(mux, "slips", func(ctx context.Context, o slipsOrder) ([]Issued, error) { return c.Slips(ctx, o.Unit, o.Valid) })
	order(mux, "people", func(ctx context.Context, _ struct{}) ([]Account, error) { return c.People(ctx) })
	order(mux, "explain", func(ctx context.Context, o explainOrder) (Explained, error) { return c.Explain(ctx, o.User) })
	order(mux, "devices", func(ctx context.Context, _ struct{}) ([]Device, error) { return c.Devices(ctx) })
	order(mux, "revoke", func(ctx context.Context, o revokeOrder) (string, error) { return c.Revoke(ctx, o.Device) })
	order(mux, "publish", func(ctx context.Context, o publishOrder) (uint64, error) { return c.Publish(ctx, o.Catalogue) })
	order(mux, "catalogue", func(ctx context.Context, _ struct{}) (catalogue.Catalogue, error) { return c.Catalogue(ctx) })
	order(mux, "renew", func(ctx context.Context, o renewOrder) (Renewal, error) { return c.Renew(ctx, o.Catalogue, o.Dry) })
	order(mux, "backup", func(ctx context.Context, o backupOrder) (Saved, error) { return c.Backup(ctx, o.File) })
	order(mux, "verify", func(ctx context.Context, _ struct{}) (Verified, error) { return c.Verify(ctx) })
	order(mux, "likely", func(ctx context.Context, o likelyOrder) ([]LikelyPair, error) { return c.Likely(ctx, o.Since) })
	order(mux, "messages", func(ctx context.Context, o messagesOrder) ([]Message, error) { return c.Messages(ctx, o.State) })
	order(mux, "messages/retry", func(ctx context.Context, o retryOrder) (int, error) { return c.RetryMessages(ctx, o.ID) })
	order(mux, "receipt", func(ctx context.Context, o receiptOrder) (Slipped, error) { return c.Receipt(ctx, o.Code, o.Caller) })
	order(mux, "say", func(ctx context.Context, o receiptOrder) (Slipped, error) {
		return c.Say(ctx, o.Code, o.Caller, *cmp.Or(o.Said, new(casework.Said)))
	})
	order(mux, "report", c.Report)
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) { _ = c.counts.write(w) })
	return mux
}

// order serves one sub-command.
func order[In, Out any](mux *http.ServeMux, name string, do func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST /"+name, func(w http.ResponseWriter, r *http.Request) {
		var in In
		dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAdmin))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&in); err != nil {
			answer(w, http.StatusBadRequest, refusalOf(&casework.Refusal{Code: casework.CodeInvalid, Err: err}))
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			answer(w, http.StatusConflict, refusalOf(err))
			return
		}
		answer(w, http.StatusOK, out)
	})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the sub-command has gone if this fails
}

// refused is a refusal on its way to a sub-command.
type refused struct {
	Code   casework.Code `json:"code"`
	Why    casework.Why  `json:"why"`
	Field  string        `json:"field"`
	Unsafe bool          `json:"unsafe"`
	Cause  string        `json:"cause"`
}

func refusalOf(err error) refused {
	var r *casework.Refusal
	if !errors.As(err, &r) {
		return refused{Code: failure(err).Code, Cause: err.Error()}
	}
	out := refused{Code: r.Code, Why: r.Why, Field: r.Field, Unsafe: r.Unsafe}
	if r.Err != nil {
		out.Cause = r.Err.Error()
	}
	return out
}

func (r refused) refusal() *casework.Refusal {
	out := &casework.Refusal{Code: r.Code, Why: r.Why, Field: r.Field, Unsafe: r.Unsafe}
	if r.Cause != "" {
		out.Err = errors.New(r.Cause)
	}
	return out
}
