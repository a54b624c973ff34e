/** The passes of the compiler one after the other, in the order in which it takes them. */
import { type Node, type Program, type Variable, variable } from "../../src/autodiff/index.js";
import { type Compiled, compile, simplified } from "../../src/engine/compile.js";
import {
  type Call,
  type Instruction,
  isLoop,
  type Loop,
  type Request,
  type SingleCall,
} from "../../src/engine/instructions.js";
import { type Allocation, allocate } from "../../src/engine/layout/allocate.js";
import { type Schedule, schedule } from "../../src/engine/layout/schedule.js";
import { kernelSizes } from "../../src/engine/runtime/kernels.js";
import { type Selection, select } from "../../src/engine/selection/select.js";
import {
  bytesOf,
  extentOf,
  type Place,
  placeAt,
  START,
  type Value,
} from "../../src/engine/values.js";
import { model, sampleVariables, trainingStep } from "../../src/training/programs.js";
import { settingsWith } from "../support/training.js";

export const { listBytes, scratchBytes } = kernelSizes();

export interface Stages {
  readonly selection: Selection;
  readonly targets: readonly Value[];
  readonly scheduled: Schedule;
  readonly allocation: Allocation;
  /** The places of leaves and targets. */
  readonly fixed: ReadonlyMap<Value, Place>;
}

/** The stages of a program, each of whose right sides is to be an operation. */
export function stagesOf(program: Program): Stages {
  const valueFor = oneValuePerForm();
  const outputs = simplified(program.map(({ value }) => value));
  const selection = select(
    outputs,
    true,
    valueFor,
    program.map(({ variable }) => variable),
  );
  const targets = program.map((assignment) => valueFor(assignment.variable));
  const assignments = targets.map((target, k) => ({
    variable: target,
    value: selection.outputs[k] as Value,
  }));
  const scheduled = schedule(selection.instructions, assignments);
  const fixed = new Map<Value, Place>();
  let end = START;
  for (const value of [...selection.leaves, ...targets]) {
    if (fixed.has(value)) continue;
    const extent = extentOf(value, listBytes);
    fixed.set(value, placeAt(end, extent));
    end += bytesOf(extent);
  }
  return {
    selection,
    targets,
    scheduled,
    fixed,
    allocation: allocate(scheduled, fixed, end, listBytes, scratchBytes),
  };
}

/** The instructions of all groups. */
export function instructionsOf({ groups }: Allocation): Instruction[] {
  return groups.flatMap(({ instructions }) => instructions);
}

/** The calls of a list, those of loops as often as they are made. */
export function callsMade(calls: readonly Call[]): (SingleCall | null)[] {
  return calls.flatMap((call) => (call !== null && isLoop(call) ? unrolled(call) : [call]));
}

function unrolled({ times, calls }: Loop): SingleCall[] {
  return Array.from({ length: times }, (_, round) =>
    calls.map(([first, second]) => {
      const grown = Object.entries(first.args).map(([name, value]) => {
        const step = (second.args as Readonly<Record<string, number>>)[name]! - value;
        return [name, value + round * step];
      });
      return { ...first, args: Object.fromEntries(grown) } as SingleCall;
    }),
  ).flat();
}

export function oneValuePerForm(): Request {
  const known = new Map<string, Value>();
  return (node, form = "matrix") => {
    const key = `${node.id} ${form}`;
    const value = known.get(key) ?? { node, form };
    known.set(key, value);
    return value;
  };
}

/** Outputs as assignments to variables of their own. */
export function assigned(ys: readonly Node[]): Program {
  return ys.map((value) => ({ variable: variable(value.shape), value }));
}

export interface Step {
  readonly program: Program;
  readonly weights: readonly Variable[];
  readonly images: Variable;
}

/** A step of training of [784, 30, 10] on 1,000 images. */
export function stepOf(batchSize: number, some: Parameters<typeof settingsWith>[0] = {}): Step {
  const settings = settingsWith({ hidden: [30], batchSize, ...some });
  const network = model(settings, 784, 10, 1000);
  const count = 1000;
  const data = {
    rows: 28,
    columns: 28,
    count,
    pixels: new Uint8Array(784 * count),
    labels: new Uint8Array(count),
  };
  const set = sampleVariables(data, "train").samples;
  const program = trainingStep(network, set, batchSize);
  return { program, weights: network.theta.map(({ w }) => w), images: set.images };
}

/** A program compiled for a number of threads. */
export function compiled(program: Program, threads: number): Compiled {
  return compile(
    { program },
    {
      skipsZeros: true,
      threadsFor: (flops) => flops.map(() => threads),
      listBytes,
      scratchBytes,
    },
  );
}
