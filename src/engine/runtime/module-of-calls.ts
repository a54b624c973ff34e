/**
 * A WebAssembly module that exports a function, `repeat(times)`: calls of imported functions, in a loop. Their
 * arguments are constants, or grow in equal steps within loops of their own. The encoding is that of chapter 5
 * of the WebAssembly Core Specification.
 */

import { isLoop, type Loop } from "../instructions.js";

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
  ...{ localGet: 0x20, localSet: 0x21, localTee: 0x22, constant: 0x41, isZero: 0x45 },
  ...{ isBelow: 0x49, add: 0x6a, subtract: 0x6b, multiply: 0x6c },
};

/** Engines limit the size of a function: so many calls, or somewhat more, become one, and longer lists several. */
const CALLS_PER_FUNCTION = 1000;

/** The local variable of a function that counts the rounds of a loop in it. */
const ROUND = 0;

/**
 * @param parameters how many parameters, all of them i32, each imported function has; they are
 *   imported as `targets.0`, `targets.1`, …
 */
export function moduleOfCalls(
  parameters: readonly number[],
  calls: readonly (CallOfTarget | Loop<CallOfTarget>)[],
): Uint8Array<ArrayBuffer> {
  const own = parameters.length;
  const bodies = chunks(calls, CALLS_PER_FUNCTION).map((chunk) =>
    joined(chunk.map((call) => (isLoop(call) ? loopOf(call) : callOf(call)))),
  );
  const round = joined(bodies.map((_, k) => callOf({ target: own + k, args: [] })));
  const repeat = own + bodies.length;
  const types = [...parameters, 0, 1].map((count) =>
    joined([[TYPE.function], vector(Array.from({ length: count }, () => [TYPE.i32])), vector([])]),
  );
  const imports = parameters.map((_, k) =>
    joined([name("targets"), name(`${k}`), [FUNCTION], unsigned(k)]),
  );
  const typesOfFunctions = [...bodies.map(() => unsigned(own)), unsigned(own + 1)];
  const counter = vector([[...unsigned(1), TYPE.i32]]);
  const functions = [
    ...bodies.map((body) => joined([counter, body, [OPCODE.end]])),
    joined([vector([]), repeated(round), [OPCODE.end]]),
  ].map(sized);
  return joined([
    MAGIC_AND_VERSION,
    section(SECTIONS.type, vector(types)),
    section(SECTIONS.import, vector(imports)),
    section(SECTIONS.function, vector(typesOfFunctions)),
    section(SECTIONS.export, vector([joined([name("repeat"), [FUNCTION], unsigned(repeat)])])),
    section(SECTIONS.code, vector(functions)),
  ]);
}

/** Parts of a list, each of which has at least so many calls but the last. */
function chunks<T extends object>(
  list: readonly (T | Loop<T>)[],
  length: number,
): (T | Loop<T>)[][] {
  const parts: (T | Loop<T>)[][] = [];
  let count = length;
  for (const call of list) {
    if (count >= length) {
      parts.push([]);
      count = 0;
    }
    parts.at(-1)?.push(call);
    count += isLoop(call) ? call.calls.length : 1;
  }
  return parts;
}

function callOf({ target, args }: CallOfTarget): Bytes {
  return [...args.flatMap(constant), OPCODE.call, ...unsigned(target)];
}

function constant(value: number): number[] {
  return [OPCODE.constant, ...signed(value)];
}

/** The calls of one round after the other. */
function loopOf({ times, calls }: Loop<CallOfTarget>): Bytes {
  const bodies = calls.map(([{ target, args }, second]) => [
    ...args.flatMap((arg, k) => growing(arg, (second.args[k] as number) - arg)),
    ...[OPCODE.call, ...unsigned(target)],
  ]);
  return joined([
    [...constant(0), OPCODE.localSet, ROUND, OPCODE.loop, TYPE.empty],
    ...bodies,
    [OPCODE.localGet, ROUND, ...constant(1), OPCODE.add, OPCODE.localTee, ROUND],
    [...constant(times), OPCODE.isBelow, OPCODE.branchIf, 0, OPCODE.end],
  ]);
}

/** `first`, and in every further round of a loop `step` more. */
function growing(first: number, step: number): number[] {
  if (step === 0) return constant(first);
  const grown = [OPCODE.localGet, ROUND, ...constant(step), OPCODE.multiply];
  return [...constant(first), ...grown, OPCODE.add];
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
