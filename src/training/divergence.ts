/** Where numbers stop being finite: noticing it at little cost, and finding out what began it. */
import {
  add,
  type Elements,
  type Executor,
  type Node,
  type Program,
  type Session,
  sum,
  topologicalOrder,
  type Variable,
  variable,
} from "../autodiff/index.js";
import { DivergenceError, sentence, suggestion } from "./errors.js";
import { optimiserTraits } from "./settings/choices.js";
import type { Settings } from "./settings/settings.js";
import type { Split } from "./settings/split.js";

const NAME = "finite";

/** Checks whether variables are finite by a program that sums them up: infinities and NaN do not vanish from a sum. */
export class FiniteCheck {
  /** What a session must have loaded. */
  readonly programs: Readonly<Record<typeof NAME, Program>>;
  readonly #total = variable([1, 1], { name: "total" });

  constructor(variables: readonly Variable[]) {
    const sums = variables.map((each) => sum(each));
    const value = sums.reduce((total, each) => add(total, each));
    this.programs = { [NAME]: [{ variable: this.#total, value }] };
  }

  isFinite(session: Session): boolean {
    session.run(NAME);
    return Number.isFinite(session.read(this.#total)[0]);
  }
}

/**
 * The first result of a program that has elements that are not finite, as text, such as
 * `matmul(w², reciprocal)`; undefined if all are finite. The program is run once on an executor of
 * its own, with every step of it assigned to a variable.
 *
 * @param session has the values that the program starts from
 */
export async function firstNotFinite(
  program: Program,
  executor: Executor,
  session: Session,
): Promise<string | undefined> {
  const order = topologicalOrder(program.map(({ value }) => value));
  const inputs = order.filter((node) => node.kind === "variable");
  const initial = new Map(
    inputs.map((input): [Variable, Elements] => [input, session.read(input)]),
  );
  const infinite = inputs.find((input) => !areFinite(initial.get(input) as Elements));
  if (infinite !== undefined) return infinite.name;

  const results = order
    .filter((node) => node.kind === "application")
    .map((value) => ({ variable: variable(value.shape, { name: value.name }), value }));
  const traced = executor.load({ trace: results }, initial);
  try {
    await traced.ready;
    traced.run("trace");
    const first = results.find(({ variable }) => !areFinite(traced.read(variable)));
    return first && `${first.value.name}(${first.value.inputs.map(nameOf).join(", ")})`;
  } finally {
    traced.dispose();
  }
}

/** An L2 or L1 term that pulls on weights with this part of their size, or of 1, leaves room to learn. */
const USUAL_PULL = 1e-4;

/**
 * An error that says where numbers stopped being finite, what is probably too high, and what to try instead: a term
 * of the cost that outweighs the rest, whose gradient is rarely above 1, or else the learning rate.
 *
 * @param epoch and the step in it, both from 1
 * @param operation that gave the first such result, if it is known
 */
export function divergence(
  { epoch, step, operation }: { epoch: number; step: number; operation: string | undefined },
  settings: Settings,
  { trainSize }: Split,
  learningRate: number,
): DivergenceError {
  const { usualLearningRate } = optimiserTraits[settings.optimizer];
  const term = (["lambda", "l1"] as const).find((name) => settings[name] > trainSize);
  const [cause, instead] =
    term === undefined
      ? [
          `the learning rate ${learningRate}`,
          suggestion("learningRate", Math.min(learningRate / 10, usualLearningRate)),
        ]
      : [{ setting: term, value: settings[term] }, suggestion(term, USUAL_PULL * trainSize)];
  return new DivergenceError(
    epoch,
    step,
    sentence`training diverged: ${operation ?? "a loss or weight"} was not finite at step ${step} of epoch ${epoch}
${cause} is probably too high: try ${instead}`,
  );
}

function areFinite(elements: Elements): boolean {
  for (let i = 0; i < elements.length; i++) if (!Number.isFinite(elements[i])) return false;
  return true;
}

function nameOf(node: Node): string {
  return node.kind === "constant" ? "constant" : node.name;
}
