/**
 * The safetensors format (Hugging Face, "Safetensors: Format"): the length of a header in 8 bytes,
 * little-endian; the header, JSON that gives each tensor's type, shape and place; then the tensors'
 * elements, little-endian, row by row, one tensor after the other without a gap.
 */

import { counted } from "../counted.js";
import { expectArray, expectBytes, expectMap, expectObject, given, unexpected } from "../given.js";
import { type ElementType, elementTypes } from "./elements.js";
import { CheckpointError, type Refuse } from "./errors.js";

/** Elements row by row, the last dimension fastest; those of 16 bits are read as float32. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** What a file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The header's entry for a tensor; offsets are counted from the end of the header. */
interface Entry {
  readonly dtype: keyof typeof elementTypes;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

const METADATA = "__metadata__";
/** In which a file begins with the length of its header. */
export const LENGTH_BYTES = 8;

/** Where this is a multiple, elements of every type lie at multiples of their size. */
const ALIGNMENT = 8;

/** The longest header that the format allows, in bytes. */
const LONGEST_HEADER = 100_000_000;

/** So many first bytes tell a file of this format from all others that are read here. */
export const TELLING_BYTES = LENGTH_BYTES + 1;

/** Whether a file is one, by its first bytes: the length of a header below 4 GB, and its beginning. */
export function isSafetensors(start: Uint8Array): boolean {
  const upper = start.subarray(LENGTH_BYTES / 2, LENGTH_BYTES);
  return upper.every((byte) => byte === 0) && start[LENGTH_BYTES] === "{".charCodeAt(0);
}

/**
 * The bytes of a file in pieces, which are to follow each other; those of tensors are not copied.
 *
 * @throws {RangeError} if a tensor does not have as many elements as its shape takes
 * @throws {TypeError} if these are neither float32 nor float64, or something else is of a wrong type
 */
export function encodeSafetensors(file: Safetensors): Uint8Array[] {
  expectObject("encodeSafetensors: the file", file, "an object, { tensors, metadata }");
  const { tensors, metadata } = file;
  expectMap("encodeSafetensors: the tensors", tensors, "a Map from names to tensors");
  expectMap("encodeSafetensors: the metadata", metadata, "a Map from names to strings");
  for (const [name, tensor] of tensors.entries()) {
    expectObject(`encodeSafetensors: ${name}`, tensor, "a tensor, { shape, data }");
    expectArray(`encodeSafetensors: the shape of ${name}`, tensor.shape, "an array of numbers");
    if (isFloats(tensor.data)) continue;
    const what = `encodeSafetensors: the data of ${name}`;
    throw unexpected(what, "a Float32Array or a Float64Array", tensor.data);
  }
  // Wider elements first, so that all are aligned.
  const ordered = [...tensors.entries()].sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT,
  );
  let end = 0;
  const entries = ordered.map(([name, { shape, data }]): [string, Entry] => {
    const count = elementsOf(shape);
    if (data.length !== count) {
      throw new RangeError(
        `encodeSafetensors: ${name} has ${data.length} elements, where its shape [${shape.join(", ")}] takes ${count}`,
      );
    }
    const begin = end;
    end += data.byteLength;
    const dtype = data.BYTES_PER_ELEMENT === 4 ? "F32" : "F64";
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const header = {
    [METADATA]: Object.fromEntries(metadata.entries()),
    ...Object.fromEntries(entries),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const beginning = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(beginning.buffer).setBigUint64(0, BigInt(length), true);
  beginning.set(json, LENGTH_BYTES);
  return [beginning, ...ordered.map(([, { data }]) => bytesOf(data))];
}

/**
 * Reads the bytes of a whole file: the inverse of `encodeSafetensors`. Nothing is believed of the
 * header before it is compared with the bytes that are there.
 *
 * @param source what error messages call the file
 * @throws {CheckpointError} unless the bytes are one well-formed file of floating-point tensors
 */
export function parseSafetensors(bytes: Uint8Array, source: string): Safetensors {
  expectBytes("parseSafetensors: the bytes", bytes);
  const { metadata, entries, start } = parseBeginning(bytes, bytes.length, source);
  const body = bytes.subarray(start);
  const tensors = entries.map(([name, { dtype, shape, data_offsets }]): [string, Tensor] => {
    // A copy begins at an address that suits its elements, wherever they lie in the file.
    const { buffer } = new Uint8Array(body.subarray(...data_offsets));
    return [name, { shape, data: elementTypes[dtype].read(buffer) }];
  });
  return { tensors: new Map(tensors), metadata };
}

/** What a file says of itself before its tensors, and where they start. */
interface Beginning {
  readonly metadata: ReadonlyMap<string, string>;
  readonly entries: readonly [string, Entry][];
  readonly start: number;
}

/** How many bytes to read for what is before the tensors, by the first eight, or fewer if there are no more. */
export function beginningLength(first: Uint8Array): number {
  if (first.length < LENGTH_BYTES) return LENGTH_BYTES;
  return LENGTH_BYTES + Math.min(statedLength(first), LONGEST_HEADER);
}

/**
 * Reads what is before the tensors.
 *
 * @param bytes the file up to there, or more of it
 * @param total the length of the file
 */
export function parseBeginning(bytes: Uint8Array, total: number, source: string): Beginning {
  const refuse = (how: string) => new CheckpointError(`${source} ${how}.`);
  const start = LENGTH_BYTES + headerLength(bytes, total, refuse);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start), refuse);
  const metadata = new Map<string, string>();
  const entries: [string, Entry][] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) {
      for (const [key, text] of textsOf(value, refuse)) metadata.set(key, text);
    } else {
      entries.push([name, entryOf(name, value, refuse)]);
    }
  }
  checkPlaces(entries, total - start, refuse);
  return { metadata, entries, start };
}

function headerLength(bytes: Uint8Array, total: number, refuse: Refuse): number {
  if (total === 0) throw refuse("is empty");
  if (total < LENGTH_BYTES) {
    throw refuse(`is truncated: it ends within the ${LENGTH_BYTES} bytes of its header's length`);
  }
  const length = statedLength(bytes);
  if (length > LONGEST_HEADER) {
    throw refuse(
      "is not a safetensors file, in which networks are saved: it should begin with the length of a header",
    );
  }
  if (length > total - LENGTH_BYTES) {
    throw refuse(
      `is truncated: its header should have ${length} bytes, but the file ends after ${total - LENGTH_BYTES}`,
    );
  }
  return length;
}

function statedLength({ buffer, byteOffset }: Uint8Array): number {
  return Number(new DataView(buffer, byteOffset).getBigUint64(0, true));
}

function parseHeader(bytes: Uint8Array, refuse: Refuse): object {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isObject(header)) return header;
  } catch {
    throw refuse("is not a safetensors file: its header is not JSON");
  }
  throw refuse("is not a safetensors file: its header is JSON, but not an object");
}

function textsOf(value: unknown, refuse: Refuse): [string, string][] {
  const texts = isObject(value) ? Object.entries(value) : undefined;
  if (texts?.every((entry): entry is [string, string] => typeof entry[1] === "string"))
    return texts;
  throw refuse(`has a malformed header: ${METADATA} should map strings to strings`);
}

function entryOf(name: string, value: unknown, refuse: Refuse): Entry {
  const { dtype, shape, data_offsets: offsets } = (isObject(value) ? value : {}) as Partial<Entry>;
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw refuse(`has a malformed header: ${name} should have a dtype, a shape and data_offsets`);
  }
  if (!Object.hasOwn(elementTypes, dtype)) {
    const known = Object.keys(elementTypes).join(", ");
    throw refuse(`has elements of the type ${dtype} in ${name}, where one of ${known} is expected`);
  }
  const [begin, end] = offsets as Entry["data_offsets"];
  const { bytes: each }: ElementType = elementTypes[dtype];
  const bytes = elementsOf(shape) * each;
  if (end - begin !== bytes) {
    throw refuse(
      `has ${counted(end - begin, "byte")} for ${name}, where ${shape.join("×") || "one"} of ${dtype} take ${bytes}`,
    );
  }
  return { dtype, shape, data_offsets: [begin, end] };
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** In the order of their places, each tensor begins where the one before it ends. */
function checkPlaces(entries: readonly [string, Entry][], length: number, refuse: Refuse): void {
  const places = entries.map(
    ([
      name,
      {
        data_offsets: [begin, end],
      },
    ]) => ({ name, begin, end }),
  );
  places.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  for (const { name, begin, end } of places) {
    if (end > length) {
      throw refuse(
        `is truncated: ${name} should end at byte ${end} after the header, but the file ends after ${length}`,
      );
    }
    if (begin < reached)
      throw refuse(`has overlapping tensors: ${name} begins in the one before it`);
    if (begin > reached)
      throw refuse(`has a hole of ${counted(begin - reached, "byte")} before ${name}`);
    reached = end;
  }
  if (reached < length)
    throw refuse(`has ${counted(length - reached, "byte")} after its last tensor`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether elements are in one of the types that are written, of any realm. */
function isFloats(data: unknown): boolean {
  return ["a Float32Array", "a Float64Array"].includes(given(data));
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function bytesOf({ buffer, byteOffset, byteLength }: Tensor["data"]): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
