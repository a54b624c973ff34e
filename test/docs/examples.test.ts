/**
 * Every example in the documents is type-checked, run on what is published, and gives and prints what
 * is stated; and what docs/library.md lists is exported.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, root } from "./blocks.js";
import { exportsListed } from "./exports.js";
import { agrees, exampleOf } from "./statements.js";

const documents = ["README.md", "docs/the-note.md", "docs/library.md"];

/** Within the package, so that examples import it by its name. */
const directory = new URL("dist/examples/", root);
const modules = documents.flatMap((document) =>
  blocksOf(document, "ts").map((block, k) => {
    const name = `${document.replace(/\W/g, "-")}-${k + 1}`;
    return { name, place: block.place, output: block.output, ...exampleOf(block) };
  }),
);
const listed = exportsListed("docs/library.md");

mkdirSync(directory, { recursive: true });
afterAll(() => rmSync(directory, { recursive: true }));
for (const { name, code } of modules) writeFileSync(new URL(`${name}.ts`, directory), code);
for (const { part, names } of listed) {
  const code = `export type { ${names.join(", ")} } from "../src/${part}/index.js";\n`;
  writeFileSync(new URL(`exports-${part}.ts`, directory), code);
}

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2023", "DOM"],
  module: "NodeNext",
  moduleDetection: "force",
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
};

test("every example is well typed and compiles, and every export listed is there", () => {
  const project = fileURLToPath(new URL("tsconfig.json", directory));
  writeFileSync(project, JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const { bin } = JSON.parse(readFileSync(compiler, "utf8")) as { bin: { tsc: string } };
  const tsc = fileURLToPath(new URL(bin.tsc, pathToFileURL(compiler)));
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(listed.map(({ part }) => part)).toContain("autodiff");
});

describe("every statement holds", () => {
  let results: { stated: string[]; printed: string }[];
  beforeAll(() => {
    const run = fileURLToPath(new URL("run.mjs", import.meta.url));
    const urls = modules.map(({ name }) => new URL(`${name}.js`, directory).href);
    // Files that examples write by a name alone are to be among them.
    const output = execFileSync(process.execPath, [run, ...urls], {
      encoding: "utf8",
      cwd: directory,
    });
    results = JSON.parse(output);
  }, 60_000);
  const statements = modules.flatMap(({ statements }, i) =>
    statements.map((statement, k) => ({ ...statement, i, k })),
  );
  const programs = modules.flatMap(({ place, output }, i) =>
    output === undefined ? [] : [{ place, output, i }],
  );

  test.each(statements)("$place: $expected", ({ i, k, expected }) => {
    const actual = results[i]!.stated[k] as string;
    if (!agrees(actual, expected)) expect(actual).toBe(expected);
  });

  test.each(programs)("$place prints what stands under it", ({ i, output }) => {
    const withoutMargin = (text: string) => text.replace(/ +$/gm, "");
    expect(withoutMargin(results[i]!.printed)).toBe(`${withoutMargin(output)}\n`);
  });

  test("whatever is printed is stated, and every document states something", () => {
    const all = modules.map(({ place, output }, i) => ({ place, output, ...results[i]! }));
    const unstated = all.filter(({ output, printed }) => output === undefined && printed !== "");
    expect(unstated.map(({ place }) => place)).toEqual([]);
    for (const document of documents) {
      const stated = [...statements, ...programs].filter(({ place }) => place.startsWith(document));
      expect(stated.length).toBeGreaterThan(0);
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
