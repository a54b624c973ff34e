/** The built command is bundled: what it starts with are few files, from which it finds those beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runAndTrace, script } from "../support/command.js";

const TRAINING = ["--dataset", "generated", "--train-size", "100", "--epochs", "1"];

test("training reads fewer than a hundred files of this package", async () => {
  const { code, files } = await runAndTrace([...TRAINING, "--threads", "1", "--json"]);
  expect(code).toBe(0);
  const own = new Set(files.filter((url) => /\/dist\/(bin|src)\//.test(url)));
  expect(own.size).toBeGreaterThan(10);
  expect(own.size).toBeLessThan(100);
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
