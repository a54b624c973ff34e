/**
 * Loop fusion: elementwise instructions over large matrices of one shape form a group, which is computed block by
 * block: all of the group for some columns, then for the next. What one instruction has written is still in the
 * cache when the next reads it, and what no other group needs is written nowhere else. So an update of weights that
 * takes ten instructions goes through memory once. Each element is computed as it would be without fusion.
 */
import { sameShape, size } from "../../autodiff/matrix.js";
import { type Instruction, mayOverwrite } from "../instructions.js";
import { isElementwise } from "../signatures.js";
import { ALIGNMENT, FLOAT_BYTES, roundUp, strideOf, type Value } from "../values.js";
import type { Schedule } from "./schedule.js";
import { sink } from "./sink.js";

/** Bytes of a block of one matrix, of which a group touches four to eight. */
const BLOCK_BYTES = 8192;

/** Bytes of a matrix that the first cache does not hold. Smaller ones gain nothing by blocks. */
const LARGE = 32_768;

/** Instructions that are computed together, block by block. One that is not fused is a group of its own. */
export interface Group {
  readonly instructions: readonly Instruction[];
  /** The columns of a block. */
  readonly columns: number;
  /** The bytes of a block. */
  readonly bytes: number;
}

/**
 * The instructions in groups, in an order that makes these large (sink.ts). The results within a group are large and of
 * one shape. So to compute some columns, an instruction reads only the same columns of what others of the group write.
 * A scalar that is computed in between comes before the group.
 */
export function fuse({ instructions, inPlace }: Schedule): Group[] {
  const ordered = sink({ instructions, inPlace }, mayBeFused);
  const groups: Instruction[][] = [];
  let group: Instruction[] = [];
  let read = new Set<Value>();
  const end = () => {
    if (group.length > 0) groups.push(group);
    group = [];
    read = new Set();
  };
  for (const instruction of ordered) {
    const variable = inPlace.get(instruction.result);
    const mayComeBefore = variable === undefined || !read.has(variable);
    if (isScalar(instruction) && mayComeBefore) {
      groups.push([instruction]);
      continue;
    }
    const isFused = mayBeFused(instruction);
    if (!isFused || (group[0] !== undefined && !haveOneShape(group[0], instruction))) end();
    group.push(instruction);
    for (const { value } of instruction.reads) read.add(value);
    if (!isFused) end();
  }
  end();
  return groups.map(groupOf);
}

function mayBeFused({ kernel, result }: Instruction): boolean {
  const [rows, columns] = result.node.shape;
  const isLarge = FLOAT_BYTES * strideOf(rows) * columns > LARGE;
  return isElementwise(kernel) && columns > 1 && isLarge;
}

function haveOneShape(a: Instruction, b: Instruction): boolean {
  return sameShape(a.result.node.shape, b.result.node.shape);
}

function isScalar({ kernel, result }: Instruction): boolean {
  return isElementwise(kernel) && size(result.node.shape) === 1;
}

export function groupOf(instructions: readonly Instruction[]): Group {
  const [rows] = (instructions[0] as Instruction).result.node.shape;
  const step = FLOAT_BYTES * strideOf(rows);
  const columns = Math.max(1, Math.floor(BLOCK_BYTES / step));
  return { instructions, columns, bytes: roundUp(columns * step, ALIGNMENT) };
}

/**
 * The results that no other group reads, with the number of the block of scratch memory that each is kept in, and how many
 * blocks that takes. A block is used again once what it holds has been read.
 *
 * @param isLocal whether no other group needs a value
 */
export function blocksOf(
  { instructions }: Group,
  isLocal: (value: Value) => boolean,
  count: number,
): Map<Value, number> {
  const blocks = new Map<Value, number>();
  const free = Array.from({ length: count }, (_, block) => count - 1 - block);
  const lastReads = new Map(
    instructions.flatMap(({ reads }, k) => reads.map(({ value }) => [value, k] as const)),
  );
  instructions.forEach((instruction, k) => {
    const { result, reads, overwritable } = instruction;
    const isDone = (value: Value) => blocks.has(value) && lastReads.get(value) === k;
    const overwritten = isLocal(result)
      ? overwritable.find((value) => isDone(value) && mayOverwrite(instruction, value))
      : undefined;
    const block = overwritten === undefined ? undefined : blocks.get(overwritten);
    const own = block ?? (isLocal(result) ? free.pop() : undefined);
    for (const value of new Set(reads.map((each) => each.value))) {
      if (isDone(value) && value !== overwritten) free.push(blocks.get(value) as number);
    }
    if (own !== undefined) blocks.set(result, own);
  });
  return blocks;
}
