import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";

const BAR = /[━─]/;
const BOLD = "\u001b[1m";

const small = (...more: string[]) => [
  ...["--data-dir", dataDirectory(), "--validation-size", "10", "--epochs", "2"],
  ...more,
];

/** What a run prints, what the terminal shows in the end, and every row it showed with a bar. */
async function runInTerminal(columns: number, flags: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await outcomeOf(startInTerminal(columns, small(...flags), env));
  const bars: string[] = [];
  const rows = screenOf(stdout, (row) => BAR.test(row) && bars.push(row));
  return { code, output: stdout, rows, bars };
}

const WHERE = hasTerminal ? "a terminal" : "a terminal (SKIPPED: no script(1) of util-linux)";

describe.skipIf(!hasTerminal)(WHERE, () => {
  test.each([
    [60, /^ {2}train-mnist backprop$/],
    [100, /^ {2}train-mnist backprop +derive the gradient it followed$/],
  ])("says in %d columns what can be done next, in a line for each", async (columns, last) => {
    const { rows } = await runInTerminal(columns);
    const from = rows.findIndex((row) => row.trim() === "next:");
    expect(rows.slice(from + 1).filter((row) => row.trim() !== "")).toHaveLength(4);
    expect(
      rows
        .filter((row) => row.trim() !== "")
        .at(-1)
        ?.trimEnd(),
    ).toMatch(last);
  });

  test("of 80 columns shows a bar during each epoch, and none in the end", async () => {
    const { code, rows, bars } = await runInTerminal(80);
    expect(code).toBe(0);
    expect(bars.some((row) => /^epoch 1\/2 [━─]+ +\d+%/.test(row))).toBe(true);
    expect(bars.some((row) => /^epoch 2\/2 [━─]+ +\d+%/.test(row))).toBe(true);
    expect(rows.filter((row) => BAR.test(row))).toEqual([]);
    const first = rows.findIndex((row) => row.startsWith("epoch"));
    expect(rows[first]).toMatch(/^epoch 1\/2 {2}loss .* {2}[\d.]+ s$/);
    expect(rows[first + 1]).toMatch(/^epoch 2\/2 {2}loss .* {2}[\d.]+ s$/);
    expect(rows[first + 2]).toMatch(/^test accuracy/);
  });

  test.each([60, 40])(
    "of %i columns wraps neither the bar nor the lines of the epochs",
    async (columns) => {
      const { code, rows, bars } = await runInTerminal(columns);
      const epochs = rows.filter((row) => row.startsWith("epoch"));
      expect(code).toBe(0);
      expect(bars.length).toBeGreaterThan(0);
      expect(epochs.length).toBe(2);
      for (const row of epochs) expect(row).toMatch(/^epoch [12]\/2 .* test \d+\.\d\d%/);
      expect([...bars, ...epochs].filter((row) => row.length > columns)).toEqual([]);
    },
  );

  test.each([30, 20])(
    "of %i columns, too narrow for a bar, still gets a line for each epoch",
    async (columns) => {
      const { code, rows } = await runInTerminal(columns);
      const epochs = rows.filter((row) => row.startsWith("epoch"));
      expect(code).toBe(0);
      expect(epochs.map((row) => row.slice(0, 9))).toEqual(["epoch 1/2", "epoch 2/2"]);
      expect(epochs.filter((row) => row.length > columns)).toEqual([]);
    },
  );

  test("that does not say how wide it is gets the whole line for each epoch", async () => {
    const { code, rows } = await runInTerminal(0);
    const epochs = rows.filter((row) => row.startsWith("epoch"));
    expect(code).toBe(0);
    expect(epochs.map((row) => /images\/s.*test loss [\d.]+$/.test(row))).toEqual([true, true]);
  });

  test("has its line wrapping on again in the end", async () => {
    const { output } = await runInTerminal(80);
    expect(output.lastIndexOf("\u001b[?7h")).toBeGreaterThan(output.lastIndexOf("\u001b[?7l"));
  });

  test.each([
    { env: {}, bold: true },
    { env: { NO_COLOR: "1" }, bold: false },
    { env: { NO_COLOR: "" }, bold: true },
    { env: { TERM: "dumb" }, bold: false },
    { env: { FORCE_COLOR: "0" }, bold: false },
  ])("with $env in the environment gets bold type: $bold", async ({ env, bold }) => {
    const { output } = await runInTerminal(80, [], env);
    expect(output.includes(BOLD)).toBe(bold);
  });

  test.each([
    { flags: [], env: { TERM: "dumb" } },
    { flags: ["--quiet"], env: {} },
    { flags: ["--json"], env: {} },
  ])("gets no bar with $flags and $env", async ({ flags, env }) => {
    const { code, bars } = await runInTerminal(80, flags, env);
    expect({ code, bars }).toEqual({ code: 0, bars: [] });
  });

  test("whose user presses Ctrl-C shows where the run stopped, and no bar", async () => {
    const child = startInTerminal(80, small("--epochs", "1000000"));
    const outcome = outcomeOf(child);
    child.stdout.on("data", (text: string) => {
      if (/loss/.test(text) && child.stdin.writable) child.stdin.end("\u0003");
    });
    const { code, stdout } = await outcome;
    const rows = screenOf(stdout);
    expect(code).toBe(130);
    expect(rows.filter((row) => BAR.test(row))).toEqual([]);
    expect(rows.at(-3)).toMatch(/stopped in epoch \d+ of 1000000; \d+ finished$/);
    expect(stdout.lastIndexOf("\u001b[?7h")).toBeGreaterThan(stdout.lastIndexOf("\u001b[?7l"));
  });
});
