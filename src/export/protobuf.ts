/**
 * Messages in the encoding of Protocol Buffers (protobuf.dev, "Encoding"): each field is its number and the
 * kind of its value, then the value.
 */
import { joined } from "../bytes.js";

/** A field of a message: its number, and its value as bytes with the key before it. */
export type Field = Uint8Array;

const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/** A whole number, not negative. */
export function integer(field: number, value: number): Field {
  return joined([varint(keyOf(field, VARINT)), varint(value)]);
}

export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([varint(keyOf(field, FOUR_BYTES)), bytes]);
}

export function double(field: number, value: number): Field {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joined([varint(keyOf(field, EIGHT_BYTES)), bytes]);
}

export function bytes(field: number, value: Uint8Array): Field {
  return joined([varint(keyOf(field, LENGTH_DELIMITED)), varint(value.length), value]);
}

export function text(field: number, value: string): Field {
  return bytes(field, new TextEncoder().encode(value));
}

/** A message within a message. */
export function message(field: number, fields: readonly Field[]): Field {
  return bytes(field, joined(fields));
}

function keyOf(field: number, kind: number): number {
  return field * 8 + kind;
}

/** Seven bits a byte, the lowest first; all bytes but the last have their highest bit set. */
function varint(value: number): Uint8Array {
  const digits: number[] = [];
  let rest = value;
  while (rest >= 128) {
    digits.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...digits, rest);
}
