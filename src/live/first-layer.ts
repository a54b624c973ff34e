/** The weights into the first units, small enough to be sent several times a second. */
import { fromBase64, toBase64 } from "../bytes.js";
import type { FirstLayer } from "./events.js";

/** More are not looked at one by one. */
const MOST_UNITS = 40;

/** Of a signed byte, the largest magnitude that has both signs. */
const FULL = 127;

/** @param w of the first layer: outputs × inputs, column by column */
export function packedWeights(w: ArrayLike<number>, outputs: number): FirstLayer {
  const units = Math.min(outputs, MOST_UNITS);
  const inputs = w.length / outputs;
  let scale = 0;
  for (let k = 0; k < inputs; k++) {
    for (let u = 0; u < units; u++) scale = Math.max(scale, Math.abs(w[k * outputs + u]!));
  }
  if (!Number.isFinite(scale) || scale === 0) scale = 1;
  const bytes = new Int8Array(units * inputs);
  for (let u = 0; u < units; u++) {
    for (let k = 0; k < inputs; k++) {
      bytes[u * inputs + k] = Math.round((FULL * w[k * outputs + u]!) / scale);
    }
  }
  return { units, scale, weights: toBase64(new Uint8Array(bytes.buffer)) };
}

/** The weights into each unit, pixel by pixel. */
export function unpackedWeights({ units, scale, weights }: FirstLayer): Float32Array[] {
  const bytes = new Int8Array(fromBase64(weights).buffer);
  const inputs = bytes.length / units;
  return Array.from({ length: units }, (_, u) =>
    Float32Array.from(
      bytes.subarray(u * inputs, (u + 1) * inputs),
      (byte) => (byte * scale) / FULL,
    ),
  );
}
