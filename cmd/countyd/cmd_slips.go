package main

import (
	"bytes"
	"context"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/workbook"
	"casedesk/store/i18n"
	"casedesk/sync/county"
)

type slipsJSON struct {
	File    string           `json:"file"`
	Unit    catalogue.UnitID `json:"unit"`
	Slips   int              `json:"slips"`
	Expires time.Time        `json:"expires"`
}

// slips writes a slip for everybody who serves a unit to a file, to be printed and
// cut. The file is made first: a slip that is in nobody's hands is good for nothing.
func (c *config) slips(ctx context.Context, unit catalogue.UnitID, file string, good time.Duration) error {
	if file == "" {
		return c.needs("output")
	}
	out, err := c.run.CreateSecret(file, "output")
	if err != nil {
		return err
	}
	err = c.ask(ctx, func(o county.Office) error {
		slips, err := o.Slips(ctx, unit, good)
		if err != nil {
			return c.slipError(err)
		}
		var b bytes.Buffer
		if err := workbook.WriteTable(&b, slipSheet, slipHeads, slipWidths, slipRows(slips)); err != nil {
			return err
		}
		if err := out.WriteAll(b.Bytes()); err != nil {
			return c.run.BadFile(file, "output", err)
		}
		done := slipsJSON{File: file, Unit: unit, Slips: len(slips), Expires: slips[0].Expires.Truncate(time.Second)}
		if c.run.JSON {
			return c.run.Object(done)
		}
		return c.run.Print("cli.county.slips", done.Slips, file, done.Expires.Format("2006-01-02 15:04"))
	})
	if err != nil {
		out.Discard()
	}
	return err
}

// The list of slips is a paper like the county's others: in Chinese.
const slipSheet = "入网单"

var (
	slipHeads  = []string{"姓名", "账号", "单位", "入网单", "有效期至", "岗位"}
	slipWidths = []float64{12, 14, 26, 62, 18, 18}
)

func slipRows(slips []county.Issued) [][]string {
	rows, zh := make([][]string, len(slips)), i18n.New(i18n.ZH)
	for i, s := range slips {
		rows[i] = []string{s.Name, string(s.User), s.Unit, s.Slip, s.Expires.Format("2006-01-02 15:04"), rolesText(zh, s.Roles)}
	}
	return rows
}
