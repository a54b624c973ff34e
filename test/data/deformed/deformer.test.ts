/** The kernels, on this thread and on another, against the definition. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "#platform";
import { compileKernels } from "../../../src/data/deformed/compile.js";
import { deformed } from "../../../src/data/deformed/definition.js";
import type { Deformation } from "../../../src/data/deformed/deformation.js";
import { Deformer } from "../../../src/data/deformed/deformer.js";
import { createJob, instantiate, START } from "../../../src/data/deformed/job.js";
import type { Images } from "../../../src/data/index.js";
import { generator, uniform } from "../../../src/random.js";

const kernels = compileKernels()!;

const USUAL: Deformation = {
  elastic: { sigma: { from: 5, to: 6 }, alpha: 36 },
  rotation: 15,
  shear: 15,
  scaling: 15,
  gentle: [1, 7],
};

/** Noise, without symmetry of any kind, whose sides may differ. */
function noisy(count: number, rows: number, columns: number): Images {
  const random = generator(count, "noise");
  const pixels = new Uint8Array(count * rows * columns).map(() => 256 * uniform(random));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  return { rows, columns, count, pixels, labels };
}

/** A parameter, or none. */
const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** For all images, or a range. */
const strength = (min: number, max: number) => {
  const number = fc.double({ min, max, noNaN: true });
  const range = fc.tuple(number, number).map(([one, two]) => {
    return { from: Math.min(one, two), to: Math.max(one, two) };
  });
  return fc.oneof(number, range);
};

const deformations = fc.record({
  elastic: some(fc.record({ sigma: strength(0.1, 9), alpha: strength(0, 60) })),
  elasticField: some(fc.integer({ min: 5, max: 40 })),
  rotation: some(strength(0, 89)),
  shear: some(strength(0, 60)),
  scaling: some(strength(0, 50)),
  gentle: fc.constant([1, 7]),
});

describe("the kernels", () => {
  test("have their constants before everything else in memory", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const { exports } = new WebAssembly.Instance(kernels, { env: { memory } });
    const end = (exports as { constantsEnd(): number }).constantsEnd();
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThanOrEqual(START);
  });

  test("give what the definition gives, within one grey level, for images of any size; others stay", () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, deformations, fc.nat(1000), (rows, columns, deformation, seed) => {
        const images = noisy(4, rows, columns);
        const size = rows * columns;
        const job = createJob(kernels, images, 3, deformation, seed);
        instantiate(job)(2);
        const { memory, layout } = job;
        const results = new Uint8Array(memory.buffer, layout.results, 4 * size);
        for (let index = 0; index < 3; index++) {
          const expected = deformed(images, deformation, { seed, epoch: 2, index });
          const actual = results.subarray(index * size, (index + 1) * size);
          const off = expected.map((value, i) => Math.abs(value - actual[i]!));
          expect(Math.max(...off)).toBeLessThanOrEqual(1);
        }
        expect(results.slice(3 * size)).toEqual(images.pixels.slice(3 * size));
      }),
      { numRuns: 40 },
    );
  });

  test("reproduce images exactly where all parameters are 0", () => {
    const images = noisy(3, 9, 11);
    const elastic = { sigma: 3, alpha: 0 };
    const job = createJob(kernels, images, 3, { elastic, rotation: 0, gentle: [] }, 1);
    instantiate(job)(1);
    const { memory, layout } = job;
    expect(new Uint8Array(memory.buffer, layout.results, 297).slice()).toEqual(images.pixels);
  });
});

describe("a deformer", () => {
  const images = noisy(20, 28, 28);

  /** What the kernels make of these images on this thread, in the 7th epoch of seed 3. */
  function madeHere(images: Images, count: number) {
    const job = createJob(kernels, images, count, USUAL, 3);
    const deform = instantiate(job);
    while (deform(7));
    const { memory, layout } = job;
    return new Uint8Array(memory.buffer, layout.results, images.pixels.length).slice();
  }

  async function withDeformer<T>(seed: number, use: (deformer: Deformer) => Promise<T>) {
    const deformer = new Deformer(images, 15, USUAL, seed);
    try {
      return await use(deformer);
    } finally {
      deformer.dispose();
    }
  }

  /** A copy of the images of an epoch. */
  const copyOf = async (deformer: Deformer, epoch: number) =>
    (await deformer.images(epoch)).slice();

  test("gives the same images for an epoch whatever it made before, and on whatever thread", async () => {
    const here = madeHere(images, 15);
    const direct = await withDeformer(3, (deformer) => copyOf(deformer, 7));
    const later = await withDeformer(3, async (deformer) => {
      await deformer.images(1);
      deformer.prepare(2);
      deformer.prepare(8);
      return copyOf(deformer, 7);
    });
    expect(direct).toEqual(here);
    expect(later).toEqual(here);
  });

  test.each([1, 2, 3, 8])("gives the same images with %i threads", async (threads) => {
    const many = noisy(1500, 28, 28);
    const deformer = new Deformer(many, 1431, USUAL, 3, threads);
    try {
      const here = sha256([madeHere(many, 1431)]);
      expect(sha256([await deformer.images(7)])).toBe(here);
      expect(sha256([await deformer.images(8)])).not.toBe(here);
      // All but one join when they are waited for.
      deformer.prepare(7, Number.POSITIVE_INFINITY);
      expect(sha256([await deformer.images(7)])).toBe(here);
    } finally {
      deformer.dispose();
    }
  });

  test("gives other images for another epoch or seed, and those behind the first as they are", async () => {
    const made = await withDeformer(1, async (deformer) => [
      await copyOf(deformer, 1),
      await copyOf(deformer, 2),
    ]);
    made.push(await withDeformer(2, (deformer) => copyOf(deformer, 1)));
    const first = made.map((pixels) => String(pixels.slice(0, 784)));
    expect(new Set(first).size).toBe(3);
    for (const pixels of made) {
      expect(pixels.slice(15 * 784)).toEqual(images.pixels.slice(15 * 784));
    }
  });
});
