import { PassThrough } from "node:stream";
import type { WriteStream } from "node:tty";
import { describe, expect, test } from "vitest";
import { progressBar } from "../../../src/cli/terminal/progress-bar.js";

/** A stream that takes itself for a terminal, and what was written to it. */
function terminal(columns: number) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns });
  const written = () => stream.read()?.toString() ?? "";
  return { stream: stream as unknown as WriteStream & { columns: number }, written };
}

describe("the bar of an epoch", () => {
  test.each([
    { columns: 80, shows: /^epoch 2\/9 [━─]{30} 50% {2}loss 0\.1235 {2}\d+ s left/ },
    { columns: 40, shows: /^epoch 2\/9 [━─]{5,} 50% {2}\d+ s left/ },
    { columns: 20, shows: /^epoch 2\/9 50%$/ },
  ])("shows as much as $columns columns have room for", ({ columns, shows }) => {
    const { stream, written } = terminal(columns);
    const bar = progressBar(stream, 100, 9);
    bar.update(2, 25, 0.2);
    bar.update(2, 50, 0.123456);
    bar.clear();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what moves the cursor
    const rows = written().split(/\u001b\[[\d?]*[A-Za-z]/);
    expect(rows.filter((row: string) => /epoch/.test(row)).at(-1)).toMatch(shows);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns);
  });

  test("says how much time is left once some images have taken some", () => {
    const { stream, written } = terminal(80);
    const bar = progressBar(stream, 100, 9);
    bar.update(1, 0, 1);
    expect(written()).toMatch(/ 0% {2}loss/);
    bar.clear();
    bar.update(2, 40, 1);
    bar.clear();
    expect(written()).not.toContain("left");
    bar.update(2, 60, 1);
    bar.clear();
    expect(written()).toMatch(/ [1-9]\d* s left/);
  });

  test("leaves nothing of itself above where the terminal becomes too narrow for it", () => {
    const { stream, written } = terminal(80);
    const bar = progressBar(stream, 100, 9);
    bar.update(1, 30, 1);
    written();
    stream.columns = 40;
    stream.emit("resize");
    // The bar of some 60 characters takes two rows now: one up, to its beginning, and all below goes.
    expect(written()).toContain("\u001b[1A\u001b[1G\u001b[0J");
    bar.update(1, 40, 1);
    bar.clear();
    expect(stream.listenerCount("resize")).toBe(0);
  });

  test("does not touch the row above where there is still room", () => {
    const { stream, written } = terminal(100);
    const bar = progressBar(stream, 100, 9);
    bar.update(1, 30, 1);
    written();
    stream.columns = 80;
    stream.emit("resize");
    bar.clear();
    expect(written()).not.toContain("A\u001b");
  });
});
