// Package floor does what synchronising signed entries cannot do without, and
// nothing else: a measuring stick. Entries lie in bbolt in the order of their
// log, in batches with one sync each; a batch travels in one zstd frame over
// plain loopback HTTP; the receiving server verifies every signature and stores
// the batch before it answers, a reader stores it likewise. There is no folding,
// sealing, scope, stamp, conflict or catalogue.
package floor

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"
)

// Batch is how many entries share a commit and a request.
const Batch = 500

var bucket = []byte("log")

// Options choose what a floor leaves out.
type Options struct {
	Key        ed25519.PublicKey // of the entries' writer; nil: signatures are not verified at the server
	ReaderToo  bool              // the reader verifies as well
	Dictionary []byte            // of the product, so that bytes can be compared
}

// File is a log in a bbolt file.
type File struct {
	db *bolt.DB
	n  uint64
}

// Open makes a new log.
func Open(path string) (*File, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, InitialMmapSize: 4 << 30})
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket(bucket); return err })
	return &File{db: db}, err
}

// Reopen opens a log that is there.
func Reopen(path string) (*File, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, InitialMmapSize: 4 << 30})
	if err != nil {
		return nil, err
	}
	f := &File{db: db}
	return f, db.View(func(tx *bolt.Tx) error {
		if last, _ := tx.Bucket(bucket).Cursor().Last(); last != nil {
			f.n = binary.BigEndian.Uint64(last)
		}
		return nil
	})
}

// Close closes the file.
func (f *File) Close() error { return f.db.Close() }

// Append stores a batch.
func (f *File) Append(batch [][]byte) error {
	n := f.n
	err := f.db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		b.FillPercent = 0.9
		for _, raw := range batch {
			n++
			if err := b.Put(binary.BigEndian.AppendUint64(nil, n), raw); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		f.n = n
	}
	return err
}

// after reads up to Batch entries after number n.
func (f *File) after(n uint64) (batch [][]byte, err error) {
	err = f.db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucket).Cursor()
		for k, v := c.Seek(binary.BigEndian.AppendUint64(nil, n+1)); k != nil && len(batch) < Batch; k, v = c.Next() {
			batch = append(batch, bytes.Clone(v))
		}
		return nil
	})
	return batch, err
}

// codec packs batches.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newCodec(dictionary []byte) (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary), zstd.WithWindowSize(1<<20), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderDicts(dictionary))
	return &codec{enc, dec}, err
}

func (c *codec) pack(batch [][]byte) []byte {
	var plain []byte
	for _, raw := range batch {
		plain = append(binary.AppendUvarint(plain, uint64(len(raw))), raw...)
	}
	return c.enc.EncodeAll(plain, nil)
}

func (c *codec) unpack(b []byte) ([][]byte, error) {
	plain, err := c.dec.DecodeAll(b, nil)
	if err != nil {
		return nil, err
	}
	var batch [][]byte
	for len(plain) > 0 {
		n, w := binary.Uvarint(plain)
		if w <= 0 || n > uint64(len(plain)-w) {
			return nil, io.ErrUnexpectedEOF
		}
		batch = append(batch, plain[w:w+int(n)])
		plain = plain[w+int(n):]
	}
	return batch, nil
}

// signed takes an entry's outer array apart: format, header, signature.
func signed(raw []byte) (header, sig []byte, err error) {
	b := raw[2:] // array head and format number
	for _, part := range []*[]byte{&header, &sig} {
		n, w := int(b[0]&31), 1
		switch n {
		case 24:
			n, w = int(b[1]), 2
		case 25:
			n, w = int(binary.BigEndian.Uint16(b[1:])), 3
		}
		if b[0]>>5 != 2 || w+n > len(b) {
			return nil, nil, io.ErrUnexpectedEOF
		}
		*part, b = b[w:w+n], b[w+n:]
	}
	return header, sig, nil
}

var errSignature = errors.New("floor: signature does not match")

// domain is what entries' signatures begin with.
const domain = "casedesk entry signature v1\x00"

// Verify verifies the signatures of a batch on all processors.
func Verify(batch [][]byte, key ed25519.PublicKey) error {
	workers := runtime.GOMAXPROCS(0)
	failed := make([]error, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(batch); i += workers {
				header, sig, err := signed(batch[i])
				if err == nil && !ed25519.Verify(key, append([]byte(domain), header...), sig) {
					err = errSignature
				}
				failed[w] = errors.Join(failed[w], err)
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// Server is the floor's county.
type Server struct {
	file *File
	opt  Options
	code *codec
	http http.Server
	base string
}

// Serve serves a log on loopback.
func Serve(file *File, opt Options) (*Server, error) {
	code, err := newCodec(opt.Dictionary)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{file: file, opt: opt, code: code, base: "http://" + listener.Addr().String()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /push", s.push)
	mux.HandleFunc("GET /pull/{after}", s.pull)
	s.http.Handler = mux
	go s.http.Serve(listener)
	return s, nil
}

// At is a server of another process.
func At(base string, dictionary []byte) (*Server, error) {
	code, err := newCodec(dictionary)
	return &Server{base: base, code: code}, err
}

// Base is the server's address.
func (s *Server) Base() string { return s.base }

// Close ends the server.
func (s *Server) Close() error { return s.http.Close() }

func (s *Server) push(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var batch [][]byte
	if err == nil {
		batch, err = s.code.unpack(body)
	}
	if err == nil && s.opt.Key != nil {
		err = Verify(batch, s.opt.Key)
	}
	if err == nil {
		err = s.file.Append(batch)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(binary.BigEndian.AppendUint64(nil, s.file.n))
}

func (s *Server) pull(w http.ResponseWriter, r *http.Request) {
	after, err := strconv.ParseUint(r.PathValue("after"), 10, 64)
	var batch [][]byte
	if err == nil {
		batch, err = s.file.after(after)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(s.code.pack(batch))
}

// Push sends a whole log and returns the bytes of bodies that went up.
func Push(from *File, to *Server) (bytesUp int, err error) {
	for sent := uint64(0); sent < from.n; {
		batch, err := from.after(sent)
		if err != nil {
			return bytesUp, err
		}
		body := to.code.pack(batch)
		bytesUp += len(body)
		if _, err := call(http.MethodPost, to.base+"/push", body); err != nil {
			return bytesUp, err
		}
		sent += uint64(len(batch))
	}
	return bytesUp, nil
}

// Pull reads a whole log into a file and returns the bytes of bodies that came
// down.
func Pull(from *Server, into *File) (bytesDown int, err error) {
	for {
		body, err := call(http.MethodGet, fmt.Sprint(from.base, "/pull/", into.n), nil)
		if err != nil {
			return bytesDown, err
		}
		bytesDown += len(body)
		batch, err := from.code.unpack(body)
		if err != nil || len(batch) == 0 {
			return bytesDown, err
		}
		if from.opt.ReaderToo {
			if err := Verify(batch, from.opt.Key); err != nil {
				return bytesDown, err
			}
		}
		if err := into.Append(batch); err != nil {
			return bytesDown, err
		}
	}
}

func call(method, url string, body []byte) ([]byte, error) {
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("floor: %s: %s", answer.Status, b)
	}
	return b, err
}
