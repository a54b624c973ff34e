/** Every example in the documents is type-checked, run on what is published, and gives what is stated. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, root } from "./blocks.js";
import { agrees, exampleOf } from "./statements.js";

const documents = ["README.md", "docs/the-note.md"];

/** Within the package, so that examples import it by its name. */
const directory = new URL("dist/examples/", root);
const modules = documents.flatMap((document) =>
  blocksOf(document, "ts").map((block, k) => {
    const name = `${document.replace(/\W/g, "-")}-${k + 1}`;
    return { name, place: block.place, ...exampleOf(block, name) };
  }),
);

mkdirSync(directory, { recursive: true });
afterAll(() => rmSync(directory, { recursive: true }));
for (const { name, code } of modules) writeFileSync(new URL(`${name}.ts`, directory), code);

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2023"],
  module: "NodeNext",
  moduleDetection: "force",
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

test("every example is well typed, and compiles", () => {
  const project = fileURLToPath(new URL("tsconfig.json", directory));
  writeFileSync(project, JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const { bin } = JSON.parse(readFileSync(compiler, "utf8")) as { bin: { tsc: string } };
  const tsc = fileURLToPath(new URL(bin.tsc, pathToFileURL(compiler)));
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  expect(stdout).toBe("");
});

describe("every statement holds", () => {
  let results: Record<string, string[]>;
  beforeAll(() => {
    const run = fileURLToPath(new URL("run.mjs", import.meta.url));
    const urls = modules.map(({ name }) => new URL(`${name}.js`, directory).href);
    results = JSON.parse(execFileSync(process.execPath, [run, ...urls], { encoding: "utf8" }));
  });
  const statements = modules.flatMap(({ name, statements }) =>
    statements.map((statement, k) => ({ ...statement, module: name, k })),
  );

  test.each(statements)("$place: $expected", ({ module, k, expected }) => {
    const actual = results[module]?.[k] as string;
    if (!agrees(actual, expected)) expect(actual).toBe(expected);
  });

  test("and every document states something", () => {
    for (const document of documents) {
      expect(statements.some(({ place }) => place.startsWith(document))).toBe(true);
    }
  });
});

describe("agrees", () => {
  test.each([
    ["5.4365636569180902", "5.4365…", true],
    ["5.4365636569180902", "5.4366…", false],
    ["5.4365636569180902", "5.4365", false],
    ["1.5e-7", "1.5…", true],
    ["[[1, 2.5], [3, 4]]", "[[1, 2.5], [3, 4]]", true],
    ["[[1, 2.5], [3, 4]]", "[[1, 2], [3, 4]]", false],
    ["throws ShapeError: grad: the function", "throws ShapeError: grad…", true],
    ["throws ShapeError: grad: the function", "throws RangeError: grad…", false],
  ])("%s is stated as %s: %s", (actual, expected, holds) => {
    expect(agrees(actual, expected)).toBe(holds);
  });
});

describe("every excerpt is in the source", () => {
  const excerpts = documents.flatMap((document) => blocksOf(document, "typescript"));
  const withoutIndentation = (text: string) => text.replace(/^\s+/gm, "");

  test.each(excerpts)("$place", ({ text }) => {
    const [, file, excerpt] = /^\/\/ (\S+)\n(.*)$/s.exec(text) as RegExpExecArray;
    const source = withoutIndentation(readFileSync(new URL(file as string, root), "utf8"));
    for (const part of (excerpt as string).split(/^…\n/m)) {
      expect(source).toContain(withoutIndentation(part));
    }
  });
});
