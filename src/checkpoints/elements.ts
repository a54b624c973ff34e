/** The types of elements that tensors in files have, and the numbers that their bytes are. */

export interface ElementType {
  /** Of one element. */
  readonly bytes: number;
  /** The elements in a buffer of their own, little-endian. */
  readonly read: (buffer: ArrayBuffer) => Float32Array | Float64Array;
}

/** By the names of the format. Every float16 and bfloat16 is a float32, too. */
export const elementTypes = {
  F64: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), ofFloat16) },
  BF16: { bytes: 2, read: ofBfloat16 },
} as const satisfies Readonly<Record<string, ElementType>>;

/** IEEE 754 binary16: a sign, 5 bits of exponent with a bias of 15, and 10 of the fraction. */
function ofFloat16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign / 0 : Number.NaN;
  return sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
}

/** bfloat16 is the upper half of a float32. */
function ofBfloat16(buffer: ArrayBuffer): Float32Array {
  const wide = Uint32Array.from(new Uint16Array(buffer), (bits) => bits * 2 ** 16);
  return new Float32Array(wide.buffer);
}
