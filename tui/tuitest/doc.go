// Package tuitest drives a Bubble Tea model as a person would, without a
// terminal and without goroutines: it presses keys, runs the commands that come
// of them at once, and reads the screen and the cursor from the same cells that
// the renderer would paint.
//
// Time is the test's own. Waits (kit.WaitMsg) come due when Advance passes
// them; nothing sleeps. Only what listens for the world outside
// (kit.ListenMsg) runs beside the test, and Await waits for it.
//
// Tests of the kit, the screens and the root model use it. Tests that need a
// real terminal live in cmd/internal.
package tuitest
