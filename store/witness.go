package store

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casedesk/store/casework"
)

// The witness is a note outside the profile's folder of how far its log reaches.
// A file that lies behind its witness was restored or copied. The witness only
// ever opens a new log; it refuses nothing, for disks move and folders vanish.
type witnessNote struct {
	Log  casework.LogID `json:"log"`
	Seq  uint64         `json:"seq"`
	Hash string         `json:"hash"`
}

func (s *Store) witnessPath() string {
	return filepath.Join(s.opt.Witness, s.state().Profile+".json")
}

// witness notes the head of the log. It is neither synced nor reported when it
// fails: one that lies behind the file does no harm.
func (s *Store) witness() {
	if s.opt.Witness == "" {
		return
	}
	log, _ := s.state().log()
	note, err := json.Marshal(witnessNote{Log: log.ID, Seq: log.Head, Hash: log.Hash.String()})
	if err != nil || os.MkdirAll(s.opt.Witness, 0o700) != nil {
		return
	}
	path := s.witnessPath()
	if os.WriteFile(path+".tmp", note, 0o600) == nil && os.Rename(path+".tmp", path) == nil {
		s.mu.Lock()
		s.witnessed = true
		s.mu.Unlock()
	}
}

// restored reports whether the witness knows more of the log than the file does,
// or is gone although one was written.
func (s *Store) restored() bool {
	if s.opt.Witness == "" {
		return false
	}
	st := s.state()
	log, number := st.log()
	if log.Head <= 1 {
		return false // nothing but its opening: there is nothing to continue
	}
	data, err := os.ReadFile(s.witnessPath())
	if errors.Is(err, fs.ErrNotExist) {
		return st.Witnessed
	}
	var note witnessNote
	if err != nil || json.Unmarshal(data, &note) != nil {
		return false
	}
	switch {
	case note.Log != log.ID:
		// A note on an earlier log of ours is only late.
		return st.ownLog(note.Log) < 0
	case note.Seq > log.Head:
		return true
	}
	return !s.hasHash(number, note.Seq, note.Hash)
}

// hasHash reports whether the own entry at seq has that hash; true where the
// entry cannot be read, for the witness does not judge damage.
func (s *Store) hasHash(log int, seq uint64, hash string) bool {
	same := true
	_ = s.view(func(r reader) error {
		k, found, err := r.own(log, seq)
		if err != nil || !found {
			return err
		}
		same = k.Hash.String() == hash
		return nil
	})
	return same
}

func (s *Store) isWitnessed() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.witnessed
}

// dropWitness removes the note.
func (s *Store) dropWitness() {
	if s.opt.Witness != "" {
		os.Remove(s.witnessPath())
	}
}
