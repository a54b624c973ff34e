/** Checkpoints for tests. */
import { createHash } from "node:crypto";
import { matrixOf } from "../../src/autodiff/index.js";
import {
  type Checkpoint,
  encodeCheckpoint,
  encodeSafetensors,
  parseSafetensors,
  type Safetensors,
} from "../../src/checkpoints/index.js";
import type { EpochReport } from "../../src/training/index.js";
import { settingsWith } from "./training.js";

export const SOURCE = "model.safetensors";

/** A report whose numbers tell the epoch. */
export const reportOn = (epoch: number): EpochReport => ({
  epoch,
  loss: 1 / epoch,
  validationAccuracy: epoch / 10,
  testAccuracy: epoch / 11,
  learningRate: 0.5,
  seconds: 2 * epoch,
  imagesPerSecond: 20 / epoch,
});

const counting = (rows: number, columns: number, from: number) =>
  matrixOf(
    [rows, columns],
    Float32Array.from({ length: rows * columns }, (_, i) => from + i),
  );

/** A run of a network [4,3,2] after its second epoch and 10 images of the third. */
export function someCheckpoint(some: Partial<Checkpoint> = {}): Checkpoint {
  return {
    layers: [
      { w: counting(3, 4, 0), b: counting(3, 1, 100) },
      { w: counting(2, 3, 200), b: counting(2, 1, 300) },
    ],
    settings: settingsWith({ hidden: [3], trainSize: 40 }),
    flags: { executor: "engine", backend: "embedded" },
    dataset: { name: "digits", sha256: "0".repeat(64) },
    reports: [reportOn(1), reportOn(2)],
    images: 10,
    seconds: 0.25,
    state: new Map([["velocity w¹", counting(3, 4, -6)]]),
    ...some,
  };
}

export function bytesOf(checkpoint: Checkpoint): Uint8Array {
  return Buffer.concat(encodeCheckpoint(checkpoint));
}

/** The bytes of a checkpoint whose contents were changed by someone who knows how to sign them. */
export function forged(change: (file: Mutable) => void): Uint8Array {
  const { tensors, metadata } = parseSafetensors(bytesOf(someCheckpoint()), SOURCE);
  const file = { tensors: new Map(tensors), metadata: new Map(metadata) };
  file.metadata.delete("sha256");
  change(file);
  const sha256 = createHash("sha256").update(joined(file)).digest("hex");
  file.metadata.set("sha256", sha256);
  return joined(file);
}

interface Mutable {
  readonly tensors: Map<string, NonNullable<ReturnType<Safetensors["tensors"]["get"]>>>;
  readonly metadata: Map<string, string>;
}

function joined(file: Safetensors): Uint8Array {
  return Buffer.concat(encodeSafetensors(file));
}

/** The bytes of a safetensors file with this header, written by the format's specification alone. */
export function withHeader(header: object | string, body: Uint8Array): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = Buffer.from(text, "utf8");
  const length = Buffer.alloc(8);
  length.writeUInt32LE(json.length, 0);
  return Buffer.concat([length, json, body]);
}
