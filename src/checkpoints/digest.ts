/**
 * The digest that a checkpoint is saved with, and known to be undamaged by: that of its tensors and
 * metadata in an order of their own, as other programs may save them in any.
 */
import { sha256 } from "#platform";
import { encodeSafetensors, type Safetensors } from "./safetensors.js";

/** Where a checkpoint has its digest among the metadata. */
const KEY = "sha256";

/** The file in the order of its names, with its digest. Programs that take files as they lie agree with it. */
export function signed(file: Safetensors): Safetensors {
  const { tensors, metadata } = inOrder(file, compare);
  return { tensors, metadata: new Map(metadata).set(KEY, digest({ tensors, metadata })) };
}

/** Whether the file has the digest of what it holds. */
export function isUndamaged({ tensors, metadata }: Safetensors): boolean {
  const stated = metadata.get(KEY);
  const others = new Map(metadata);
  others.delete(KEY);
  const file = { tensors, metadata: others };
  const orders = [() => inOrder(file, compare), () => file, () => inOrder(file, compareEarlier)];
  return orders.some((ordered) => digest(ordered()) === stated);
}

function digest(file: Safetensors): string {
  return sha256(encodeSafetensors(file));
}

type Compare = (a: string, b: string) => number;

function inOrder({ tensors, metadata }: Safetensors, by: Compare): Safetensors {
  return { tensors: sorted(tensors, by), metadata: sorted(metadata, by) };
}

function sorted<T>(entries: ReadonlyMap<string, T>, by: Compare): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([a], [b]) => by(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Version 0.1.0 took the digest of a file as it wrote it, in this order. */
const EARLIER = [
  ...["format", "version", "settings", "flags", "dataset", "reports", "made", "progress"],
  ...["layers", "state.velocity", "state.m", "state.v", "state.c₁", "state.c₂"],
  ...["state.totalCost", "state.position"],
];

const compareEarlier: Compare = (a, b) => {
  const [first, second] = [earlierPlace(a), earlierPlace(b)];
  const k = first.findIndex((place, i) => place !== second[i]);
  return k < 0 ? 0 : first[k]! - second[k]!;
};

/** The group of a name, its layer, and whether it is that of weights or of biases. */
function earlierPlace(name: string): number[] {
  const [, ofTensor, l, part] = /^(layers)\.(\d+)\.(weight|bias)$/.exec(name) ?? [];
  const [, ofState, letter, marks = ""] = /^(state\.\S+) ([wb])([⁰¹²³⁴-⁹]+)$/.exec(name) ?? [];
  const layer = Number(l ?? [...marks].map((mark) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(mark)).join(""));
  const isBias = part === "bias" || letter === "b";
  return [EARLIER.indexOf(ofTensor ?? ofState ?? name), layer, Number(isBias)];
}
