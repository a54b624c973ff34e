import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpreter, type Session, variable } from "../../src/autodiff/index.js";
import { generator } from "../../src/random.js";
import { Noise } from "../../src/training/noise.js";

/** The noise of one layer of 3 for a sample at this position, as a program finds it. */
function noiseAt(epoch: number, position: number, { seed = 1, batchSize = 10 } = {}): number[] {
  const noise = new Noise([0, 3], batchSize, seed);
  const [at, out] = [variable([1, 1]), variable([3, 1])];
  const value = noise.of(1, at)!;
  const session = interpreter.load({ step: [{ variable: out, value }] }, new Map());
  noise.draw(session, epoch, position);
  session.write(at, [position]);
  session.run("step");
  return [...session.read(out)];
}

const position = fc.nat(60_000);

describe("noise", () => {
  test("is there where layers have rows, and only there", () => {
    const noise = new Noise([0, 3], 10, 1);
    expect(noise.of(0, variable([1, 1]))).toBeUndefined();
    expect(noise.of(1, variable([1, 5]))?.shape).toEqual([3, 5]);
  });

  test("is decided by seed, epoch and position", () => {
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 100 }), (position, epoch) => {
        expect(noiseAt(epoch, position)).toEqual(noiseAt(epoch, position));
      }),
      { numRuns: 10 },
    );
  });

  test.each([0, 1, 5, 4089, 4090, 8185])(
    "is what it has always been, so that runs can be repeated: bytes of the generator's numbers (%i)",
    (position) => {
      const window = Math.floor(position / 4090);
      const random = generator(7, `dropout 2 ${window}`);
      const words = Int32Array.from({ length: (3 * 4090 + 3) >> 2 }, () => random.next());
      const bytes = new Uint8Array(words.buffer);
      const first = 3 * (position - 4090 * window);
      expect(noiseAt(2, position, { seed: 7 })).toEqual([...bytes.subarray(first, first + 3)]);
    },
  );

  test("differs from epoch to epoch, from seed to seed, and between samples and windows", () => {
    const some = [
      noiseAt(1, 0),
      noiseAt(2, 0),
      noiseAt(1, 0, { seed: 2 }),
      noiseAt(1, 1),
      ...[4089, 4090, 4096, 8180].map((position) => noiseAt(1, position)),
    ];
    expect(new Set(some.map(String)).size).toBe(some.length);
  });

  test.each([1, 10, 128, 5000])(
    "does for whole batches of %i and then has to be drawn anew",
    (batchSize) => {
      const writes: number[] = [];
      const recording = {
        write: (_, bytes) => writes.push(bytes.length),
      } as Partial<Session> as Session;
      const noise = new Noise([0, 3], batchSize, 1);
      const samples = noise.draw(recording, 1, 0);
      expect(samples % batchSize).toBe(0);
      expect(samples).toBeGreaterThan(0);
      expect(noise.draw(recording, 1, samples - batchSize)).toBe(batchSize);
      expect(writes).toEqual([3 * samples]);
      expect(noise.draw(recording, 1, samples)).toBe(samples);
      expect(noise.draw(recording, 2, samples)).toBe(samples);
      expect(writes).toHaveLength(3);
    },
  );

  test("of every byte is equally likely, within 5 standard errors", () => {
    const counts = new Float64Array(256);
    const count = (_: unknown, bytes: ArrayLike<number>) => {
      for (let i = 0; i < bytes.length; i++) counts[bytes[i]!]!++;
    };
    new Noise([500], 128, 1).draw({ write: count } as Partial<Session> as Session, 1, 0);
    const expected = counts.reduce((sum, each) => sum + each) / 256;
    for (const each of counts)
      expect(Math.abs(each - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  test("without layers lasts for ever", () => {
    expect(new Noise([0, 0], 10, 1).draw(interpreter.load({}, new Map()), 1, 7)).toBe(Infinity);
  });
});
