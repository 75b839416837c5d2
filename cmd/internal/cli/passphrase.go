package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/charmbracelet/x/term"

	"casedesk/store/casework"
)

// maxPassphrase is the size in bytes of the longest first line of a passphrase
// file.
const maxPassphrase = 4096

// Passphrase returns the first line of the file that the flag or the
// environment names. Without a file it asks on the terminal, for a new
// passphrase twice; without a terminal it refuses.
func (r *Run) Passphrase(file string, fresh bool) (string, error) {
	if file == "" {
		file = r.env("CASEDESK_PASSPHRASE_FILE")
	}
	if file != "" {
		return r.FirstLine(file, "passphrase-file")
	}
	if !term.IsTerminal(r.In.Fd()) {
		return "", &Problem{Code: casework.CodeLocked, Message: r.Words.T("cli.no_passphrase"), Field: "passphrase-file"}
	}
	if !fresh {
		return r.ask(r.Words.T("cli.ask_passphrase"))
	}
	passphrase, err := r.ask(r.Words.T("cli.ask_new_passphrase"))
	if err != nil {
		return "", err
	}
	again, err := r.ask(r.Words.T("cli.ask_again"))
	if err == nil && again != passphrase {
		return "", &Problem{Code: casework.CodeInvalid, Message: r.Words.T("cli.passphrases_differ"), Field: "passphrase"}
	}
	return passphrase, err
}

// FirstLine returns the first line of a secret file that a flag names.
func (r *Run) FirstLine(file, flag string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", r.BadFile(file, flag, err)
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, maxPassphrase)).ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", r.BadFile(file, flag, err)
	}
	line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	return string(bytes.TrimRight(line, "\r\n")), nil
}

// BadFile tells that a file named by an option or argument could not be read or
// written.
func (r *Run) BadFile(file, field string, err error) error {
	p := &Problem{Code: refusalOf(err).Code, Field: field, Next: r.Words.T("cli.check_path"), Err: err}
	switch {
	case errors.Is(err, fs.ErrExist):
		p.Message, p.Next = r.Words.T("cli.file_exists", file), r.Words.T("cli.other_name")
	case p.Code == casework.CodeNotFound:
		p.Message = r.Words.T("cli.no_file", file)
	case p.Code == casework.CodeDiskFull:
		p.Next = ""
	default:
		p.Code, p.Message = casework.CodeNotAllowed, r.Words.T("cli.bad_file", file)
	}
	return p
}

// ask reads a line from the terminal without showing it. The question goes to
// stderr: stdout is for data.
func (r *Run) ask(question string) (string, error) {
	fmt.Fprint(r.Err, question)
	b, err := term.ReadPassword(r.In.Fd())
	fmt.Fprintln(r.Err)
	if err != nil {
		return "", &Problem{Code: casework.CodeLocked, Message: r.Words.T("cli.no_passphrase"), Field: "passphrase-file", Err: err}
	}
	return string(b), nil
}
