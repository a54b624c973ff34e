/**
 * The IDX format of the MNIST files (Y. LeCun, C. Cortes, C. Burges, "The MNIST database"): two zero
 * bytes, a type code, the rank, that many big-endian 32-bit dimensions, then the elements,
 * big-endian, the last dimension fastest.
 */
import { counted } from "../counted.js";
import { expectArray, expectBytes, expectObject, given, shown, unexpected } from "../given.js";
import { DataError } from "./errors.js";

/** For each element type, the array that holds its elements. */
interface IdxElements {
  u8: Uint8Array;
  i8: Int8Array;
  i16: Int16Array;
  i32: Int32Array;
  f32: Float32Array;
  f64: Float64Array;
}

export type IdxType = keyof IdxElements;

/** An array of any rank: `data` holds the product of `dimensions` elements, the last fastest. */
export type IdxArray<T extends IdxType = IdxType> = {
  [K in T]: {
    readonly type: K;
    readonly dimensions: readonly number[];
    readonly data: IdxElements[K];
  };
}[T];

/** What the first bytes of an IDX file say about the rest. */
export interface IdxHeader {
  readonly type: IdxType;
  readonly dimensions: readonly number[];
  /** Where the elements begin, in bytes. */
  readonly offset: number;
  /** The length of the whole file, in bytes. */
  readonly byteLength: number;
}

interface ElementType<T extends IdxType> {
  readonly code: number;
  readonly View: {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBufferLike, byteOffset: number, length: number): IdxElements[T];
  };
}

const ELEMENT_TYPES: { readonly [T in IdxType]: ElementType<T> } = {
  u8: { code: 0x08, View: Uint8Array },
  i8: { code: 0x09, View: Int8Array },
  i16: { code: 0x0b, View: Int16Array },
  i32: { code: 0x0c, View: Int32Array },
  f32: { code: 0x0d, View: Float32Array },
  f64: { code: 0x0e, View: Float64Array },
};

const TYPE_OF_CODE = new Map(
  (Object.keys(ELEMENT_TYPES) as IdxType[]).map((type) => [ELEMENT_TYPES[type].code, type]),
);

/** Whether this machine, too, has the highest byte of a number first. */
const BIG_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** More dimensions than any data set has; the byte that holds the rank could say 255. */
const MAX_RANK = 32;

/** 2 GiB − 1, which is also the longest file that Node reads in one piece. */
const MAX_BYTE_LENGTH = 2 ** 31 - 1;

/**
 * Reads the header of an IDX file from the file's first bytes.
 *
 * @param source what error messages call the file
 * @returns undefined if `bytes` ends before the header does
 * @throws {DataError} if this cannot be the beginning of an IDX file
 */
export function parseIdxHeader(bytes: Uint8Array, source: string): IdxHeader | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = TYPE_OF_CODE.get(view.getUint8(2));
  if (view.getUint16(0) !== 0 || type === undefined) {
    const magic = view.getUint32(0).toString(16).padStart(8, "0");
    throw new DataError(
      `${source} is not an IDX file: it begins with the bytes ${magic}, not with 0000, ` +
        "a type code (08, 09, 0b, 0c, 0d or 0e) and the rank.",
    );
  }
  const rank = view.getUint8(3);
  if (rank === 0 || rank > MAX_RANK) {
    throw new DataError(`${source} has rank ${rank}; expected 1 to ${MAX_RANK} dimensions.`);
  }
  const offset = headerLength(rank);
  if (bytes.length < offset) return undefined;
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const byteLength = offset + product(dimensions) * ELEMENT_TYPES[type].View.BYTES_PER_ELEMENT;
  if (byteLength > MAX_BYTE_LENGTH) {
    throw new DataError(
      `${source} claims to hold ${dimensions.join("×")} elements of type ${type}, ` +
        "which is more than the 2 GiB that can be read.",
    );
  }
  return { type, dimensions, offset, byteLength };
}

/**
 * Parses the bytes of an (unpacked) IDX file. The elements of a `u8` or `i8` file are a view of
 * `bytes`; those of the wider types are a copy in the byte order of the machine.
 *
 * @param source what error messages call the file
 * @throws {DataError} unless the bytes are exactly one well-formed IDX file
 */
export function parseIdx(bytes: Uint8Array, source: string): IdxArray {
  expectBytes("parseIdx: the bytes", bytes);
  if (bytes.length === 0) throw new DataError(`${source} is empty.`);
  const header = parseIdxHeader(bytes, source);
  if (header === undefined) {
    throw new DataError(`${source} is truncated: it ends within its header.`);
  }
  const { type, dimensions, offset, byteLength } = header;
  if (bytes.length < byteLength) {
    throw new DataError(
      `${source} is truncated: its header promises ${counted(byteLength, "byte")}, but it has ${bytes.length}.`,
    );
  }
  if (bytes.length > byteLength) {
    throw new DataError(
      `${source} has trailing bytes: its header promises ${byteLength}, but it has ${bytes.length}.`,
    );
  }
  const { View } = ELEMENT_TYPES[type];
  const size = View.BYTES_PER_ELEMENT;
  const body = size === 1 ? bytes.subarray(offset) : reordered(bytes.subarray(offset), size);
  const data = new View(body.buffer, body.byteOffset, body.byteLength / size);
  return { type, dimensions, data } as IdxArray;
}

/**
 * The bytes of an (unpacked) IDX file: the inverse of `parseIdx`.
 *
 * @throws {RangeError} if the dimensions do not fit the format or the number of elements, or the format
 * has no such type
 * @throws {TypeError} if the elements are in no array of that type
 */
export function encodeIdx(array: IdxArray): Uint8Array {
  expectObject("encodeIdx: the array", array, "an object, { type, dimensions, data }");
  const { type, dimensions, data } = array;
  expectArray("encodeIdx: the dimensions", dimensions, "an array of numbers");
  if (!Object.hasOwn(ELEMENT_TYPES, type)) {
    const known = Object.keys(ELEMENT_TYPES).join(", ");
    throw new RangeError(`encodeIdx: the type should be one of ${known}, not ${shown(type)}`);
  }
  const { code, View } = ELEMENT_TYPES[type];
  const expected = given(new View(new ArrayBuffer(0), 0, 0));
  if (given(data) !== expected) {
    throw unexpected(`encodeIdx: the data of type ${type}`, expected, data);
  }
  const rank = dimensions.length;
  if (
    rank === 0 ||
    rank > MAX_RANK ||
    dimensions.some((dimension) => dimension >>> 0 !== dimension)
  ) {
    throw new RangeError(
      `[${dimensions.join(", ")}] are not the dimensions of an IDX file: ` +
        `expected 1 to ${MAX_RANK} whole numbers below 2³².`,
    );
  }
  if (product(dimensions) !== data.length) {
    throw new RangeError(`${dimensions.join("×")} is not the number of elements, ${data.length}.`);
  }
  const offset = headerLength(rank);
  const bytes = new Uint8Array(offset + data.byteLength);
  bytes.set([0, 0, code, rank]);
  const view = new DataView(bytes.buffer);
  dimensions.forEach((dimension, axis) => {
    view.setUint32(4 + 4 * axis, dimension);
  });
  const body = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  bytes.set(reordered(body, View.BYTES_PER_ELEMENT), offset);
  return bytes;
}

function headerLength(rank: number): number {
  return 4 + 4 * rank;
}

/** Rounded from 2⁵³ on, but 0 if any factor is: `MAX_RANK` factors below 2³² stay finite. */
function product(dimensions: readonly number[]): number {
  return dimensions.reduce((elements, dimension) => elements * dimension, 1);
}

/**
 * A copy of elements of `size` bytes, taken from big-endian to the order of the machine or back,
 * which is the same exchange.
 */
function reordered(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  if (BIG_ENDIAN) return copy;
  for (let at = 0; at < copy.length; at += size) {
    for (let [i, j] = [at, at + size - 1]; i < j; i++, j--) {
      const byte = copy[i]!;
      copy[i] = copy[j]!;
      copy[j] = byte;
    }
  }
  return copy;
}
