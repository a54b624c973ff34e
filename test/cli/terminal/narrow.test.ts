import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";
import { hasTerminal, screenOf, startInTerminal } from "../../support/terminal.js";

const COLUMNS = 40;

/** The rows that the command shows on the terminal. */
async function rowsOf(args: readonly string[]): Promise<string[]> {
  const { stdout } = await outcomeOf(startInTerminal(COLUMNS, args));
  return screenOf(stdout).map((row) => row.trimEnd());
}

/** Rows that the terminal would break, but for single words, which nothing can break better. */
function tooWide(rows: readonly string[]): string[] {
  return rows.filter((row) => row.length > COLUMNS && row.trim().includes(" "));
}

describe.skipIf(!hasTerminal)(`in ${COLUMNS} columns`, () => {
  test("recipes breaks lines between words", async () => {
    const rows = await rowsOf(["recipes"]);
    const wide = (await run(["recipes"])).stdout;
    const sorted = (text: string) => text.split(/\s+/).sort();
    expect(tooWide(rows)).toEqual([]);
    expect(sorted(rows.join("\n"))).toEqual(sorted(wide));
  });

  test("evaluate and predict break lines between words", async () => {
    const data = dataDirectory();
    const network = await savedNetwork(["--data-dir", data]);
    const images = join(data, "t10k-images-idx3-ubyte.gz");
    const evaluation = await rowsOf(["evaluate", network, network, "--data-dir", data]);
    const prediction = await rowsOf(["predict", network, images, "--index", "1", "--show"]);
    expect(tooWide([...evaluation, ...prediction])).toEqual([]);
    expect(evaluation).toContain("no image is taken for another class");
    expect(prediction.filter((row) => row.includes("█")).length).toBeGreaterThan(0);
  });

  test("data list and a run break lines between words", async () => {
    const list = await rowsOf(["data", "list"]);
    const dry = await rowsOf(["--data-dir", dataDirectory(), "--dry-run"]);
    expect(tooWide([...list, ...dry])).toEqual([]);
    expect(dry.join(" ").replace(/ +/g, " ")).toMatch(
      /one batch: mean cost .*; nothing is trained/,
    );
  });

  test("a message breaks between words", async () => {
    const rows = await rowsOf(["--recipe", "no such recipe", "--epochs", "1"]);
    expect(tooWide(rows)).toEqual([]);
    expect(rows.join(" ").replace(/ +/g, " ")).toContain("train-mnist recipes lists them");
  });
});
