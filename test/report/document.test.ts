import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figuresOf, reportDocument } from "../../src/report/index.js";
import { runWith, runWithNetwork } from "./examples.js";

const script = readFileSync(new URL("../../dist/src/report/script.js", import.meta.url), "utf8");
const command = "train-mnist report plain.jsonl";

/** What would make a browser ask for something else than the document. */
function externalReferences(document: string): string[] {
  const patterns = [
    /https?:\/\/[^"'\s<]*/g,
    /\bsrc\s*=\s*[^ >]*/gi,
    /\bhref\s*=\s*["']?[^#"'][^ >]*/gi,
    /url\([^)]*\)/gi,
    /@import[^;]*/gi,
    /<(?:link|iframe|object|embed|base|img)\b[^>]*>/gi,
  ];
  return patterns.flatMap((pattern) => document.match(pattern) ?? []);
}

describe("a report", () => {
  test("refers to nothing outside of it", async () => {
    const runs = [runWith(), await runWithNetwork()];
    const document = reportDocument(runs, { command, script });
    expect(externalReferences(document)).toEqual([]);
    // The test itself would see such references.
    expect(externalReferences(`<a href="x"><img src=y>http://z @import "w"; url(v)`)).toHaveLength(
      6,
    );
  });

  test("is smaller than 1 MB without what it embeds", async () => {
    const document = reportDocument([runWith(), await runWithNetwork()], { command, script });
    const [embedded = ""] = /<script type="application\/json".*?<\/script>/s.exec(document) ?? [];
    expect(embedded.length).toBeGreaterThan(10_000);
    expect(document.length - embedded.length).toBeLessThan(1e6);
  });

  test("has a curve for each set of images, and says once what made it", () => {
    const document = reportDocument([runWith()], { command });
    for (const name of ["training", "validation", "test"]) expect(document).toContain(`>${name}<`);
    expect(document.match(/train-mnist report plain/g)).toHaveLength(1);
  });

  test("has one figure of learning rates, however many runs there are", () => {
    const runs = Array.from({ length: 10 }, (_, k) => {
      const epochs = [1, 2].map((epoch) => ({ epoch, learningRate: 1 / (k + epoch), loss: 1 }));
      return runWith({ name: `run ${k}`, settings: { hidden: [k + 1] }, epochs });
    });
    const rates = figuresOf(runs).filter(({ file }) => file.startsWith("learning-rate"));
    expect(rates.map(({ file }) => file)).toEqual(["learning-rate"]);
  });

  test("says where no curves are, and why something else is missing", () => {
    const remark = "There is nothing on test images: the folder is gone.";
    const document = reportDocument([runWith({ epochs: [], remarks: [remark] })]);
    expect(document).toContain("There are no curves");
    expect(document).toContain(remark);
  });

  test("shows the settings that differ at once, and all of them on demand", () => {
    const other = runWith({ name: "other", settings: { hidden: [100], learningRate: 0.5 } });
    const document = reportDocument([runWith(), other]);
    const [differences, all] = document
      .slice(document.indexOf('id="settings"'))
      .split("<details>") as [string, string];
    expect(differences).toContain("hidden");
    expect(differences).not.toContain("learning rate");
    expect(all).toContain("learning rate");
  });

  test("says of the machine once what is the same for all runs", () => {
    const machines = [1, 2].map((threads) => ({ version: "0.2.0", threads }));
    const documentOf = (...made: typeof machines) =>
      reportDocument(made.map((machine) => runWith({ machine })));
    const [first, second] = machines as [(typeof machines)[0], (typeof machines)[0]];
    expect(documentOf(second, second).match(/2 threads/g)).toHaveLength(1);
    expect(documentOf(second, second)).not.toContain(">machine<");
    expect(documentOf(first, second)).toContain(">machine<");
  });

  test("draws runs that differ in their seeds alone as one line with a band", () => {
    const seeds = [1, 2, 3].map((seed) =>
      runWith({ name: `seed ${seed}`, settings: { hidden: [30], seed } }),
    );
    const document = reportDocument(seeds);
    expect(document).toContain("mean over several seeds");
    expect(document).not.toContain(">seed 2, test<");
  });

  test("says what the figures on test images show in the usual terms", async () => {
    const document = reportDocument([await runWithNetwork()]);
    for (const words of [
      "Confusion matrix: test images of network",
      "Precision: the share of the images taken for this class that belong to it.",
      "share of predictions that are right",
    ]) {
      expect(document).toContain(words);
    }
  });

  test("has the mistake first of which the network is most certain", async () => {
    const document = reportDocument([await runWithNetwork()]);
    const outputs = [...document.matchAll(/taken for \d with output (\d\.\d+)" aria-label/g)].map(
      ([, output]) => Number(output),
    );
    expect(outputs.length).toBeGreaterThan(10);
    expect(outputs).toEqual(outputs.toSorted((a, b) => b - a));
    expect(new Set(outputs).size).toBeGreaterThan(1);
  });

  test("takes no name for markup", () => {
    const evil = [
      `</script><img onerror=alert(1)>`,
      `"><svg onload=x>`,
      `'-alert(1)-'`,
      "]]>",
      "<!--",
    ];
    for (const name of evil) {
      const run = runWith({
        ...{ name, file: name, remarks: [name], weightsSha256: name },
        settings: { [name]: name },
        dataset: { name },
        machine: { version: name, executor: name },
      });
      const document = reportDocument([run], { title: name, command: name, script });
      expect(document).not.toMatch(/<img|<svg onload|<!--/);
      expect(document.match(/<\/script/g) ?? []).toHaveLength(0);
    }
  });

  test("keeps names within the data of its script", async () => {
    const name = `</script><img onerror=alert(1)><!--`;
    const classes = Array.from({ length: 10 }, (_, k) => `${name}${k}`);
    const run = await runWithNetwork({ name, dataset: { name, classes } });
    const document = reportDocument([run], { script });
    expect(document.match(/<\/script/g)).toHaveLength(2);
    expect(document).not.toContain("<img");
    const [, json = ""] = /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(document)!;
    expect(JSON.parse(json).networks[0]).toMatchObject({ name, classes });
  });

  test("is made of any runs", () => {
    const value = fc.option(fc.double({ min: -1e100, max: 1e100 }), { nil: undefined });
    const epoch = fc.record({
      loss: value,
      trainLoss: value,
      testLoss: value,
      trainAccuracy: value,
      validationAccuracy: value,
      testAccuracy: value,
      learningRate: value,
      seconds: value,
    });
    const run = fc
      .record({
        name: fc.string({ unit: "grapheme" }),
        file: fc.string(),
        settings: fc.dictionary(fc.string(), fc.jsonValue()),
        epochs: fc
          .array(epoch, { maxLength: 6 })
          .map((all) => all.map((each, k) => ({ epoch: k + 1, ...each }))),
      })
      .map(runWith);
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 5 }), (runs) => {
        const document = reportDocument(runs);
        expect(document).toContain("</html>");
        // Only strings of the runs can have these words in JSON, and those the document has as well.
        if (/NaN|Infinity/.test(JSON.stringify(runs))) return;
        expect(document).not.toMatch(/[^\w]NaN[^\w]|Infinity/);
      }),
      { numRuns: 50 },
    );
  });
});

test("the figures of several networks have names of their own", async () => {
  const figures = figuresOf([await runWithNetwork(), await runWithNetwork({ name: "other" })]);
  const names = figures.map(({ file }) => file);
  expect(new Set(names).size).toBe(names.length);
  for (const name of ["accuracy", "run-1-confusion", "run-2-first-layer", "run-2-mistakes"]) {
    expect(names).toContain(name);
  }
  for (const { draw } of figures) expect(draw(640)).toMatch(/^<svg xmlns=/);
});
