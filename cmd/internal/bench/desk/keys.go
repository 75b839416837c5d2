//go:build unix

package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// The keys of a scene come at this pace, a little apart from each other, so that they
// meet the renderer's clock at any moment.
const (
	paceLeast = 25 * time.Millisecond
	paceMore  = 30 * time.Millisecond
)

// areaText is how many characters the long text has.
const areaText = 5000

// keysPainted measures the time from a key to the painted frame in a pseudo-terminal: in the
// list, the search, a line of the form and a long text of it, each key by turns with the
// same key in a minimal Bubble Tea program. It tells the bytes that a key costs too, and
// what a desk at rest writes and takes.
func (b *bench) keysPainted() error {
	dir, err := b.profile(b.cases)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	program, err := buildDesk(tmp)
	if err != nil {
		return err
	}
	desk, err := openScreen(program, tmp, "CASEDESK_DIR="+dir)
	if err != nil {
		return err
	}
	defer desk.end()
	bare, err := openScreen(os.Args[0], tmp, "", "-child", "minimal")
	if err != nil {
		return err
	}
	defer bare.end()
	if err := bare.shows("casedesk-bench"); err != nil {
		return err
	}
	if err := desk.unlock(); err != nil {
		return err
	}
	k := &keys{desk: desk, bare: bare, r: rand.New(rand.NewPCG(1, 2)), n: 40 * b.runs}
	desk.send("\t")
	if err := desk.shows(commonTitle + "："); err != nil {
		return err
	}
	if err := k.rest(); err != nil {
		return err
	}
	if err := k.scene("list", k.moves, k.moves); err != nil {
		return err
	}
	desk.send("\x1bOR") // F3
	if err := k.scene("search", k.types, k.types); err != nil {
		return err
	}
	desk.send("\x15\x1b")
	time.Sleep(time.Second)
	desk.send("\x1bOQ") // F2
	if err := desk.shows("登记矛盾纠纷"); err != nil {
		return err
	}
	if err := desk.jump("标题"); err != nil {
		return err
	}
	if err := k.scene("line", k.types, k.types); err != nil {
		return err
	}
	if err := desk.jump("简要情况"); err != nil {
		return err
	}
	text := strings.Repeat("两家共用一条排水沟，王家堵沟，李家进水。\n", areaText/21)
	desk.send("\x1b[200~" + text + "\x1b[201~")
	time.Sleep(2 * time.Second)
	return k.scene("area", k.types, k.types)
}

// keys are the two programs and what is measured of them.
type keys struct {
	desk, bare *painted
	r          *rand.Rand
	n          int // keys of a scene
}

// press is a key of a scene: what it sends, and whether it is timed.
type press struct {
	sent  string
	timed bool
}

// moves go down ten rows and up again.
func (k *keys) moves(i int) press {
	if i/10%2 == 0 {
		return press{"\x1b[B", true}
	}
	return press{"\x1b[A", true}
}

// types types ten signs and takes them away again.
func (k *keys) types(i int) press {
	if i%11 == 10 {
		return press{"\x15", false}
	}
	return press{string([]rune("两家共用一条排水沟界")[i%11]), true}
}

// scene measures keys in both programs by turns.
func (k *keys) scene(name string, desk, bare func(int) press) error {
	var took [2]times
	var bytes [2]int
	for i := range k.n {
		for who, p := range []*painted{k.desk, k.bare} {
			key := desk(i)
			if who == 1 {
				key = bare(i)
			}
			time.Sleep(paceLeast + time.Duration(k.r.Int64N(int64(paceMore))))
			d, n, err := p.press(key.sent)
			if err != nil {
				return fmt.Errorf("%s, key %d: %w", name, i, err)
			}
			if key.timed {
				took[who], bytes[who] = append(took[who], d), bytes[who]+n
			}
		}
	}
	d, m := took[0], took[1]
	fmt.Printf("keys    %-7s median %s against %s, %.2f; p95 %s, %.2f; p99 %s against %s, %.2f; %d bytes a key against %d\n", name,
		ms(d.median()), ms(m.median()), ratio(d.median(), m.median()), ms(d.at(.95)), ratio(d.at(.95), m.at(.95)),
		ms(d.at(.99)), ms(m.at(.99)), ratio(d.at(.99), m.at(.99)), bytes[0]/len(d), bytes[1]/len(m))
	return nil
}

// rest tells what both programs do while nobody does anything.
func (k *keys) rest() error {
	const still = 20 * time.Second
	if err := k.desk.calm(); err != nil {
		return err
	}
	var cpu [2]time.Duration
	var wrote [2]int
	ask := func(sign time.Duration) error {
		for i, p := range []*painted{k.desk, k.bare} {
			t, err := p.processor()
			if err != nil {
				return err
			}
			cpu[i] += sign * t
			wrote[i] += int(sign) * p.bytes()
		}
		return nil
	}
	if err := ask(-1); err != nil {
		return err
	}
	time.Sleep(still)
	if err := ask(1); err != nil {
		return err
	}
	fmt.Printf("rest    %s: %d bytes written; processor %s against %s, %.2f\n", still, wrote[0], ms(cpu[0]), ms(cpu[1]), ratio(cpu[0], cpu[1]))
	return nil
}

// painted is a program in a pseudo-terminal whose screen is read through an emulator.
type painted struct {
	cmd  *exec.Cmd
	file *os.File

	mu     sync.Mutex
	screen *vt.Emulator
	wrote  int
	drew   chan struct{} // filled whenever something was written
}

func openScreen(program, home, env string, args ...string) (*painted, error) {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "CASEDESK_LANG=zh", "CASEDESK_KEYRING=off",
		"HOME="+home, "XDG_CACHE_HOME=", "XDG_CONFIG_HOME=", env)
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		return nil, err
	}
	p := &painted{cmd: cmd, file: file, screen: vt.NewEmulator(80, 24), drew: make(chan struct{}, 1)}
	go io.Copy(file, p.screen) // its answers to the program's questions
	go p.read()
	return p, nil
}

func (p *painted) end() {
	p.cmd.Process.Kill()
	p.file.Close()
	p.cmd.Wait()
}

func (p *painted) read() {
	buf := make([]byte, 64<<10)
	for {
		n, err := p.file.Read(buf)
		p.mu.Lock()
		p.screen.Write(buf[:n])
		p.wrote += n
		p.mu.Unlock()
		select {
		case p.drew <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (p *painted) send(s string) { io.WriteString(p.file, s) }

func (p *painted) cursor() (x, y int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.screen.CursorPosition()
	return at.X, at.Y
}

func (p *painted) bytes() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wrote
}

func (p *painted) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// patience is how long a screen may take.
const patience = 30 * time.Second

// until waits until what is drawn is as wanted.
func (p *painted) until(want string, ok func() bool) error {
	late := time.After(patience)
	for !ok() {
		select {
		case <-p.drew:
		case <-late:
			return fmt.Errorf("the screen does not come to show %s:\n%s", want, p.text())
		}
	}
	return nil
}

func (p *painted) shows(text string) error {
	return p.until(text, func() bool { return strings.Contains(p.text(), text) })
}

// press sends a key and tells how long it takes until the frame is painted, which ends
// with the cursor in another cell, and how many bytes that takes.
func (p *painted) press(key string) (time.Duration, int, error) {
	select {
	case <-p.drew:
	default:
	}
	x, y := p.cursor()
	before, begin := p.bytes(), time.Now()
	p.send(key)
	err := p.until("another cursor", func() bool { nx, ny := p.cursor(); return nx != x || ny != y })
	return time.Since(begin), p.bytes() - before, err
}

func (p *painted) unlock() error {
	if err := p.shows("请输入口令"); err != nil {
		return err
	}
	p.send(passphrase)
	time.Sleep(500 * time.Millisecond)
	p.send("\r")
	return p.shows(commonTitle + "：")
}

// jump goes to a field of the form by its label.
func (p *painted) jump(label string) error {
	p.send("\x1bOS") // F4
	time.Sleep(500 * time.Millisecond)
	p.send(label)
	time.Sleep(500 * time.Millisecond)
	p.send("\r")
	return p.until("the field "+label, func() bool {
		_, y := p.cursor()
		lines := strings.Split(p.text(), "\n")
		return y < len(lines) && strings.Contains(lines[y], label)
	})
}

// calm waits until the program has done what it does by itself after it was opened,
// such as making the search ready.
func (p *painted) calm() error {
	for range 60 {
		before, err := p.processor()
		if err != nil {
			return err
		}
		time.Sleep(2 * time.Second)
		if now, err := p.processor(); err != nil || now-before < 60*time.Millisecond {
			return err
		}
	}
	return fmt.Errorf("the program does not come to rest")
}

// processor is the time that the program had on a processor.
func (p *painted) processor() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	var user, system int64
	fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
	const tick = 10 * time.Millisecond // of USER_HZ
	return time.Duration(user+system) * tick, nil
}
