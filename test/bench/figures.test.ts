/** From measured seconds to what the benchmark says of them. */
import { describe, expect, test } from "vitest";

const lib = async (name: string) =>
  await import(/* @vite-ignore */ new URL(`../../bench/lib/${name}.mjs`, import.meta.url).href);
const { exceptions, flopsPerImage, scalingTable, workloadOf } = await lib("scaling");
const { pairedTable } = await lib("pairs");
const { summaryTable } = await lib("summary");

describe("scaling", () => {
  test("counts the products of a step, of which the first layer has two", () => {
    expect(flopsPerImage([5, 3])).toBe(2 * (2 * 5 * 3));
    expect(flopsPerImage([5, 3, 2])).toBe(2 * (2 * 5 * 3) + 3 * (2 * 3 * 2));
  });

  test.each([
    [30, 1],
    [2048, 1],
    [2048, 1024],
    [30, 1024],
  ])("an epoch has whole batches, of images that there are: width %d, batch %d", (width, batch) => {
    const { trainSize } = workloadOf(width, batch, 0.5, 20_480);
    expect(trainSize % batch).toBe(0);
    expect(trainSize).toBeGreaterThanOrEqual(4 * batch);
    expect(trainSize).toBeLessThanOrEqual(20_480);
  });

  const flops = (width: number) => flopsPerImage([784, width, width, 10]);
  const cell = (width: number, batchSize: number, gigaflops: number) => ({
    width,
    batchSize,
    seconds: flops(width) / gigaflops / 1e9,
  });

  test("has nothing to say where the arithmetic gets faster", () => {
    expect(exceptions([cell(30, 1, 2), cell(30, 10, 3), cell(99, 1, 2), cell(99, 10, 4)])).toEqual(
      [],
    );
  });

  test("names where a larger batch, or a larger layer, costs more", () => {
    expect(exceptions([cell(30, 1, 3), cell(30, 10, 2), cell(99, 1, 2), cell(99, 10, 2)])).toEqual([
      "Width 30: an image costs 50% more in a batch of 10 than in one of 1.",
      "Batch 1: the arithmetic of an image costs 50% more with width 99 than with 30.",
    ]);
  });

  test("shows what is missing as missing", () => {
    const rows = scalingTable([cell(30, 1, 2), cell(30, 10, 3), cell(99, 1, 2)]).split("\n");
    expect(rows[3]).toMatch(/^\| 99 \| \d+ \(2\.00\) \| – \|$/);
  });
});

describe("pairs of runs", () => {
  const run = (training: number, digest = "d0") => ({
    ...{ training, total: 2 * training, accuracy: 0.9, digest, threads: 2, simd: 256 },
  });

  test("compares within each pair", () => {
    // The ratio of the medians would be 2/3.
    const pairs = [
      [run(1), run(2)],
      [run(2), run(3)],
      [run(9), run(9)],
    ];
    const text = pairedTable(["new", "old"], pairs);
    expect(text).toContain(
      "| new | 2.00 (1.00–9.00) | 4.00 (2.00–18.00) | 2 | 256 bits | 90.00% |",
    );
    expect(text).toContain("| ratio in 3 pairs | 0.67 (0.50–1.00) | 0.67 (0.50–1.00) |");
    expect(text).toContain("with the same weights, sha256 d0.");
  });

  test("says when weights differ", () => {
    const text = pairedTable(["new", "old"], [[run(1), run(1, "d1")]]);
    expect(text).toContain("with different weights, sha256 d0, d1.");
  });
});

test("the summary has a column for each workload, and a dash for who did not finish", () => {
  const row = (name: string, median: number) => ({ name, median });
  const description = "[784,30,10] sigmoid, batch 10";
  const results = {
    W1: { description, rows: [row("train-mnist-1, Node 24.1.0", 0.0512), row("numpy", 12.34)] },
    W2: { description, rows: [row("numpy", 1.5)] },
  };
  expect(summaryTable({ results }).split("\n").slice(2)).toEqual([
    "| train-mnist, 1 thread, Node 24.1.0 | 0.0512 | – |",
    "| NumPy with OpenBLAS, in place | 12.3 | 1.50 |",
  ]);
});
