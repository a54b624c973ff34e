import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";
import { shortRun } from "../../support/events.js";
import { run } from "../../support/here.js";
import { savedNetwork } from "../../support/saved.js";

const outIn = (folder = temporaryDirectory()) => join(folder, "report.html");

/** A data set in which some test images have wrong labels. */
function mislabelled() {
  const dataset = separableDataset(80, 20);
  const labels = dataset.test.labels.map((label, i) => (i < 4 ? (label + 1) % 10 : label));
  return { ...dataset, test: { ...dataset.test, labels } };
}

describe("report", () => {
  test("has of a saved network its curves, its mistakes and its weights", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const [out, data] = [outIn(), dataDirectory(mislabelled())];
    const { code, stdout } = await run(["report", file, "--out", out, "--data-dir", data]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${out}\n` });
    const document = readFileSync(out, "utf8");
    for (const words of [
      "Accuracy after each epoch",
      "most confident mistakes",
      "Weights of each",
    ]) {
      expect(document).toContain(words);
    }
    expect(document.match(/class="digit"/g)).toHaveLength(4);
    expect(document).toContain("not those of");
    expect(document).toContain(`<code>train-mnist report ${file}`);
  });

  test("refuses flags on how to test where there is no network to test", async () => {
    const events = shortRun("run.jsonl", 0.9);
    for (const flag of [
      ["--data-dir", dataDirectory()],
      ["--threads", "auto"],
    ]) {
      const { code, stderr } = await run(["report", events, "--out", outIn(), ...flag]);
      expect(code).toBe(2);
      expect(stderr).toContain(`${flag[0]} has no effect: with events alone, `);
    }
    expect(await run(["report", events, "--out", outIn()])).toMatchObject({ code: 0 });
  });

  test("has the same, but for test images, where their data is gone, and says so", async () => {
    const file = await savedNetwork(["--data-dir", dataDirectory()]);
    const out = outIn();
    const { code, stderr } = await run(["report", file, "--out", out]);
    const words = "There is nothing on test images: ";
    expect(code).toBe(0);
    expect(linesOf(stderr)).toEqual([expect.stringContaining(words)]);
    const document = readFileSync(out, "utf8");
    expect(document).toContain(words);
    expect(document).toContain("Weights of each layer");
    expect(document).not.toContain('class="digit"');
  });

  test("replaces no run, by whatever name, and writes nothing if it cannot write all", async () => {
    const folder = temporaryDirectory();
    const events = shortRun("r.jsonl", 0.9);
    const link = join(folder, "link.html");
    symlinkSync(events, link);
    const svg = join(folder, "accuracy.svg");
    copyFileSync(events, svg);
    const network = await savedNetwork(["--data-dir", dataDirectory()]);
    const [before, saved] = [readFileSync(events), readFileSync(network)];
    const file = join(folder, "file");
    writeFileSync(file, "");
    const out = join(folder, "out.html");
    const cases = [
      { args: [events, "--out", events], code: 2 },
      { args: [events, "--out", link], code: 2 },
      { args: [events, "--out", network], code: 2 },
      { args: [svg, "--out", out, "--svg", folder], code: 2 },
      { args: [events, "--out", out, "--svg", file], code: 1 },
    ];
    for (const { args, code } of cases) {
      const outcome = await run(["report", ...args]);
      expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: "" });
      expect(outcome.stderr).toMatch(
        /^train-mnist: [^\n]+(would be replaced|not a folder)[^\n]*\n$/,
      );
    }
    expect(existsSync(out)).toBe(false);
    for (const each of [events, svg]) expect(readFileSync(each)).toEqual(before);
    expect(readFileSync(network)).toEqual(saved);
  });

  test("says that it replaces a file, but not of one that is empty or new", async () => {
    const out = outIn();
    const events = shortRun("r.jsonl", 0.9);
    const stderrs: string[] = [];
    for (let times = 0; times < 2; times++) {
      stderrs.push((await run(["report", events, "--out", out])).stderr);
    }
    writeFileSync(out, "");
    stderrs.push((await run(["report", events, "--out", out])).stderr);
    expect(stderrs).toEqual(["", `replacing ${out}\n`, ""]);
  });

  test("reads events as shells write them: with a mark of their order, or in UTF-16", async () => {
    const text = readFileSync(shortRun("r.jsonl", 0.9), "utf8");
    for (const encoding of ["utf8", "utf16le"] as const) {
      const file = join(temporaryDirectory(), "r.jsonl");
      writeFileSync(file, `\ufeff${text}`, encoding);
      expect(await run(["compare", file])).toMatchObject({ code: 0, stderr: "" });
    }
  });

  test("draws runs of more epochs than a call has room for arguments", async () => {
    const [start, epoch] = linesOf(readFileSync(shortRun("r.jsonl", 0.9), "utf8"));
    const epochs = Array.from({ length: 150_000 }, (_, i) =>
      (epoch as string).replace(/"epoch":1\b/, `"epoch":${i + 1}`),
    );
    const file = join(temporaryDirectory(), "long.jsonl");
    writeFileSync(file, [start, ...epochs].join("\n"));
    expect(await run(["report", file, "--out", outIn()])).toMatchObject({ code: 0, stderr: "" });
  });

  test("writes each figure into a folder, too", async () => {
    const folder = join(temporaryDirectory(), "figures", "svg");
    const [run1, run2] = [shortRun("a.jsonl", 0.9), shortRun("b.jsonl", 0.8, { learningRate: 1 })];
    const { code } = await run(["report", run1, run2, "--out", outIn(), "--svg", folder]);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["accuracy.svg", "cost.svg"]);
    const svg = readFileSync(join(folder, "accuracy.svg"), "utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toMatch(/>a, test<|>a</);
  });

  describe.runIf(process.platform === "linux")("--open", () => {
    const opened = async (out: string, script?: string) => {
      const folder = temporaryDirectory();
      if (script !== undefined) {
        writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      }
      const args = ["report", shortRun("a.jsonl", 0.9), "--out", out, "--open"];
      const { code, stdout, stderr } = await run(args, { PATH: folder });
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${out}\n` });
      return stderr;
    };

    test("gives the file to what opens browsers, and says nothing if that does", async () => {
      const out = outIn();
      const told = join(temporaryDirectory(), "told");
      expect(await opened(out, `echo "$1" > ${told}`)).toBe("");
      expect(readFileSync(told, "utf8")).toBe(`${pathToFileURL(out).href}\n`);
    });

    test("says what to open, and why, where no browser can be opened", async () => {
      const out = outIn();
      const open = `open ${pathToFileURL(out).href} in one\n`;
      expect(await opened(out, "exit 3")).toBe(
        `no browser was opened (xdg-open ended with code 3): ${open}`,
      );
      expect(await opened(out)).toBe(
        `replacing ${out}\nno browser was opened (there is no xdg-open): ${open}`,
      );
    });

    test("does not wait for a browser to be closed", async () => {
      expect(await opened(outIn(), "/bin/sleep 9; exit 1")).toBe("");
    });
  });

  describe("refuses", () => {
    test.each([
      ["a file that is missing", (folder: string) => [join(folder, "no.jsonl")], 1, "no such file"],
      ["a folder", (folder: string) => [folder], 1, "it is a folder, not a file"],
      [
        "two data sets",
        () => ["a", "b"].map((dataset) => shortRun("r.jsonl", 1, { dataset })),
        1,
        "was trained on a, but",
      ],
      [
        "other JSON",
        (folder: string) => {
          writeFileSync(join(folder, "x.jsonl"), '{"a":1}\n{"b":2}\n');
          return [join(folder, "x.jsonl")];
        },
        1,
        "on line 1 no event",
      ],
      [
        "bytes",
        (folder: string) => {
          writeFileSync(join(folder, "x"), new Uint8Array(20));
          return [join(folder, "x")];
        },
        1,
        "is no run",
      ],
    ] as const)("%s", async (_, files, code, words) => {
      const folder = temporaryDirectory();
      const out = outIn();
      const outcome = await run(["report", ...files(folder), "--out", out]);
      expect(outcome).toMatchObject({ code, stdout: "" });
      expect(linesOf(outcome.stderr)).toEqual([expect.stringContaining(words)]);
      expect(existsSync(out)).toBe(false);
    });

    test("to replace one of the runs", async () => {
      const file = shortRun("a.jsonl", 0.9);
      const { code, stderr } = await run(["report", file, "--out", file]);
      expect(code).toBe(2);
      expect(stderr).toContain("is one of the runs");
      const other = shortRun("b.jsonl", 0.8);
      const before = readFileSync(other);
      const second = await run(["report", file, "--out", other]);
      expect(second.code).toBe(2);
      expect(second.stderr).toContain("holds the events of a run, which would be replaced");
      expect(readFileSync(other).equals(before)).toBe(true);
    });

    test("a place where nothing can be written, before anything is done", async () => {
      const folder = temporaryDirectory();
      mkdirSync(join(folder, "taken"));
      const file = shortRun("a.jsonl", 0.9);
      const places = [["no", "r.html"], ["taken"], ["x".repeat(300)]];
      for (const out of [...places.map((each) => join(folder, ...each)), join(file, "r.html")]) {
        const svg = ["--svg", join(folder, "svg")];
        const { code, stderr } = await run(["report", file, "--out", out, ...svg]);
        expect(code).toBe(1);
        expect(stderr).toContain(`Cannot write ${out}: `);
      }
      expect(readdirSync(folder)).toEqual(["taken"]);
    });
  });
});
