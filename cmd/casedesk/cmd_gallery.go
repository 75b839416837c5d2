package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/tui/gallery"
	"casedesk/tui/kit"
)

// newGallery shows the parts of the screen: on a terminal one by one, else all of them as
// text. It is for who changes them, and not in the help.
func newGallery(c *config) *cobra.Command {
	size := ""
	cmd := &cobra.Command{Use: "gallery [--size WxH]", Hidden: true, Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			g := gallery.New(c.run.Words, kit.PlainTerminal(runtime.GOOS, os.Getenv))
			if size == "" && c.onTerminal() == nil {
				return c.draw(cmd.Context(), g)
			}
			w, h := 80, 24
			if size != "" {
				if n, err := fmt.Sscanf(strings.ToLower(size), "%dx%d", &w, &h); n != 2 || err != nil || w < kit.MinWidth || h < kit.MinHeight || w > 1000 || h > 1000 {
					return c.run.Usage("gallery.size", kit.MinWidth, kit.MinHeight)
				}
			}
			drawn := strings.TrimSuffix(g.Print(w, h), "\n")
			if _, plain := kit.Profile(os.Getenv); plain || c.onTerminal() != nil {
				drawn = kit.Bare(drawn)
			}
			return c.run.Line(drawn)
		}}
	c.run.String(cmd.Flags(), &size, "size", "WxH")
	return cmd
}
