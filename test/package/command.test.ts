/** The built command is bundled: what it starts with are few files, from which it finds those beside it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, script } from "../support/command.js";

const TRAINING = ["--dataset", "generated", "--train-size", "100", "--epochs", "1"];

test("training reads fewer than a hundred files of this package", async () => {
  const directory = mkdtempSync(join(tmpdir(), "train-mnist-files-"));
  try {
    const args = [...TRAINING, "--threads", "1", "--json"];
    expect((await run(args, { NODE_V8_COVERAGE: directory })).code).toBe(0);
    const read = readdirSync(directory).flatMap((name) => {
      const report = readFileSync(join(directory, name), "utf8");
      return (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url);
    });
    const own = new Set(read.filter((url) => /\/dist\/(bin|src)\//.test(url)));
    expect(own.size).toBeGreaterThan(10);
    expect(own.size).toBeLessThan(100);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("no bundled module looks for files where the bundle stands", () => {
  const folder = join(script, "..");
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const uses = texts.flatMap((text) => text.match(/.*import\.meta\.url.*/g) ?? []);
  expect(uses.length).toBeGreaterThan(0);
  for (const use of uses) {
    expect(use.match(/import\.meta\.url/g)).toEqual(
      use.match(/(?<=new URL\("\.\.\/(src|bin)\/[^"]+\.js", )import\.meta\.url/g),
    );
  }
});
