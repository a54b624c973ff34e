/**
 * A WebAssembly module that exports a function, `repeat(times)`: calls of imported functions with
 * constant arguments, in a loop. The encoding is chapter 5 of the WebAssembly Core Specification.
 */

interface CallOfTarget {
  /** The number of an imported function. */
  readonly target: number;
  readonly args: readonly number[];
}

type Bytes = ArrayLike<number>;

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTIONS = { type: 1, import: 2, function: 3, export: 7, code: 10 };
const FUNCTION = 0x00;
const TYPE = { function: 0x60, i32: 0x7f, empty: 0x40 };
const OPCODE = {
  ...{ block: 0x02, loop: 0x03, end: 0x0b, branchIf: 0x0d, call: 0x10 },
  ...{ localGet: 0x20, localTee: 0x22, constant: 0x41, isZero: 0x45, subtract: 0x6b },
};

/** Engines limit the size of a function: so many calls become one, and longer lists several. */
const CALLS_PER_FUNCTION = 1000;

/**
 * @param parameters how many parameters, all of them i32, each imported function has; they are
 *   imported as `targets.0`, `targets.1`, …
 */
export function moduleOfCalls(
  parameters: readonly number[],
  calls: readonly CallOfTarget[],
): Uint8Array<ArrayBuffer> {
  const own = parameters.length;
  const bodies = chunks(calls, CALLS_PER_FUNCTION).map((chunk) => joined(chunk.map(callOf)));
  const round = joined(bodies.map((_, k) => callOf({ target: own + k, args: [] })));
  const repeat = own + bodies.length;
  const types = [...parameters, 0, 1].map((count) =>
    joined([[TYPE.function], vector(Array.from({ length: count }, () => [TYPE.i32])), vector([])]),
  );
  const imports = parameters.map((_, k) =>
    joined([name("targets"), name(`${k}`), [FUNCTION], unsigned(k)]),
  );
  const typesOfFunctions = [...bodies.map(() => unsigned(own)), unsigned(own + 1)];
  const functions = [...bodies, repeated(round)].map((body) =>
    sized(joined([vector([]), body, [OPCODE.end]])),
  );
  return joined([
    MAGIC_AND_VERSION,
    section(SECTIONS.type, vector(types)),
    section(SECTIONS.import, vector(imports)),
    section(SECTIONS.function, vector(typesOfFunctions)),
    section(SECTIONS.export, vector([joined([name("repeat"), [FUNCTION], unsigned(repeat)])])),
    section(SECTIONS.code, vector(functions)),
  ]);
}

function chunks<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, k) =>
    list.slice(k * length, (k + 1) * length),
  );
}

function callOf({ target, args }: CallOfTarget): Bytes {
  return [
    ...args.flatMap((arg) => [OPCODE.constant, ...signed(arg)]),
    ...[OPCODE.call, ...unsigned(target)],
  ];
}

/** As often as local 0 says, which may be never. */
function repeated(body: Bytes): Bytes {
  return joined([
    [OPCODE.block, TYPE.empty],
    [OPCODE.localGet, 0, OPCODE.isZero, OPCODE.branchIf, 0],
    [OPCODE.loop, TYPE.empty],
    body,
    [OPCODE.localGet, 0, OPCODE.constant, 1, OPCODE.subtract, OPCODE.localTee, 0],
    [OPCODE.branchIf, 0, OPCODE.end],
    [OPCODE.end],
  ]);
}

function section(id: number, contents: Bytes): Bytes {
  return joined([[id], sized(contents)]);
}

function sized(contents: Bytes): Bytes {
  return joined([unsigned(contents.length), contents]);
}

function vector(elements: readonly Bytes[]): Bytes {
  return joined([unsigned(elements.length), ...elements]);
}

function name(text: string): Bytes {
  return sized(new TextEncoder().encode(text));
}

function joined(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/** LEB128 of a whole number from 0 to below 2³². */
function unsigned(n: number): number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)];
}

/** LEB128 of the 32-bit integer that `n` is modulo 2³², as signed. */
function signed(n: number): number[] {
  const i = n | 0;
  const isLast = i >= -0x40 && i < 0x40;
  return isLast ? [i & 0x7f] : [(i & 0x7f) | 0x80, ...signed(i >> 7)];
}
