import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrixOf } from "../../src/autodiff/index.js";
import {
  CheckpointError,
  encodeSafetensors,
  parseCheckpoint,
  parseSafetensors,
  type Safetensors,
} from "../../src/checkpoints/index.js";
import { bytesOf, SOURCE, someCheckpoint, withHeader } from "../support/checkpoints.js";

const OLD = new URL("../cli/train/fixtures/saved-by-0.1.0.safetensors", import.meta.url);

/** As Python's package saves a file: the widest elements first, and then by name; metadata in any order. */
function savedAgain(bytes: Uint8Array, metadataOf: (keys: string[]) => string[]): Uint8Array {
  const { tensors, metadata } = parseSafetensors(bytes, SOURCE);
  const names = [...tensors.keys()].sort((a, b) => (a < b ? -1 : 1));
  names.sort(
    (a, b) => tensors.get(b)!.data.BYTES_PER_ELEMENT - tensors.get(a)!.data.BYTES_PER_ELEMENT,
  );
  let end = 0;
  const entries = names.map((name) => {
    const { shape, data } = tensors.get(name)!;
    const begin = end;
    end += data.byteLength;
    const dtype = data instanceof Float32Array ? "F32" : "F64";
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const texts = metadataOf([...metadata.keys()]).map((key) => [key, metadata.get(key)]);
  const header = { __metadata__: Object.fromEntries(texts), ...Object.fromEntries(entries) };
  const body = names.map((name) => {
    const { buffer, byteOffset, byteLength } = tensors.get(name)!.data;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  return withHeader(header, Buffer.concat(body));
}

/** Ten hidden layers with momentum, and some elements of float64: where orders differ. */
function manyLayers() {
  const layers = Array.from({ length: 11 }, (_, l) => ({
    w: matrixOf([2, 2], Float32Array.of(l, 1, 2, 3)),
    b: matrixOf([2, 1], Float32Array.of(l, -l)),
  }));
  const state = new Map([["position", matrixOf([1, 1], Float64Array.of(3))]]);
  const settings = { ...someCheckpoint().settings, hidden: new Array(10).fill(2) };
  return someCheckpoint({ layers, settings, state });
}

describe("a checkpoint that another program has saved again", () => {
  test.each([
    { what: "of this version", bytes: bytesOf(someCheckpoint()) },
    { what: "of eleven layers", bytes: bytesOf(manyLayers()) },
    { what: "of version 0.1.0", bytes: readFileSync(OLD) },
  ])("$what is read as before, whatever the order of its metadata", ({ bytes }) => {
    const keys = [...parseSafetensors(bytes, SOURCE).metadata.keys()];
    const expected = parseCheckpoint(bytes, SOURCE);
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (order) => {
        expect(
          parseCheckpoint(
            savedAgain(bytes, () => order),
            SOURCE,
          ),
        ).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test("may have its tensors in any order", () => {
    const { tensors, metadata } = parseSafetensors(bytesOf(someCheckpoint()), SOURCE);
    const all = [...tensors];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const bytes = Buffer.concat(encodeSafetensors({ tensors: new Map(order), metadata }));
        expect(parseCheckpoint(bytes, SOURCE)).toEqual(someCheckpoint());
      }),
      { numRuns: 20 },
    );
  });
});

describe("is damaged:", () => {
  type Change = (file: { tensors: Map<string, unknown>; metadata: Map<string, string> }) => void;

  test.each<{ what: string; change: Change }>([
    {
      what: "two tensors with each other's names",
      change: ({ tensors }) => {
        const [first, second] = [tensors.get("layers.1.weight"), tensors.get("layers.0.weight")];
        tensors.set("layers.1.weight", second).set("layers.0.weight", first);
      },
    },
    { what: "one tensor less", change: ({ tensors }) => tensors.delete("layers.1.weight") },
    { what: "other words", change: ({ metadata }) => metadata.set("progress", "{}") },
    { what: "words more", change: ({ metadata }) => metadata.set("author", "somebody") },
    { what: "another digest", change: ({ metadata }) => metadata.set("sha256", "0".repeat(64)) },
  ])("$what", ({ change }) => {
    for (const bytes of [bytesOf(someCheckpoint()), readFileSync(OLD)]) {
      const { tensors, metadata } = parseSafetensors(bytes, SOURCE);
      const file = { tensors: new Map<string, unknown>(tensors), metadata: new Map(metadata) };
      change(file);
      const changed = Buffer.concat(encodeSafetensors(file as Safetensors));
      expect(() => parseCheckpoint(changed, SOURCE)).toThrow(CheckpointError);
      expect(() => parseCheckpoint(changed, SOURCE)).toThrow(/is damaged/);
    }
  });
});
