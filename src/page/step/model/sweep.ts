/**
 * The machine that is stepped through: the library's equations of a program and of its adjoint, in the order
 * in which they are computed. A step forward computes the value of one node, a step backward the bar of one.
 */
import {
  type Application,
  type Equations,
  evaluate,
  type Matrix,
  type Node,
  topologicalOrder,
  type Variable,
} from "../../../autodiff/index.js";

/** Values of nodes and of bars. */
export type Values = ReadonlyMap<Variable, Matrix>;

/** One operand of one node: an arrow of the graph. */
export interface Use {
  /** The node that uses it, and as which operand, counted from 0. */
  readonly user: SweepNode;
  readonly operand: number;
  /** What the rule of the user contributes to the bar here, over the names of values and bars. */
  readonly contribution: Node | undefined;
}

export interface SweepNode {
  readonly symbol: Variable;
  /** The primitive and its operands; none for an input. */
  readonly right: Application | undefined;
  /** The name of ∂L/∂(this), and the line that computes it; missing where no bar is asked for. */
  readonly bar: Variable | undefined;
  readonly barRight: Node | undefined;
  readonly uses: readonly Use[];
  /** The bars whose lines refer to this value: why it is stored. */
  readonly neededBy: readonly Variable[];
}

export interface Step {
  readonly kind: "forward" | "backward";
  readonly node: SweepNode;
}

export interface Sweep {
  /** The inputs, and after them each node after its operands. */
  readonly nodes: readonly SweepNode[];
  /** L, the scalar at the end. */
  readonly result: SweepNode;
  /** All steps forward, and after them all steps backward. */
  readonly steps: readonly Step[];
  /** How many of them are forward. */
  readonly turn: number;
}

/**
 * @param inputs the leaves of the program, in the order in which they are shown
 * @param parts the program and its adjoint, taken apart by the library
 */
export function sweepOf(inputs: readonly Variable[], { forward, adjoint }: Equations): Sweep {
  const barOf = new Map(adjoint.map((line) => [line.of, line]));
  const referring = adjoint.map(({ symbol, right }) => ({
    symbol,
    parts: new Set(topologicalOrder([right])),
  }));
  const computed = forward.toReversed();
  const nodes = new Map<Node, Mutable>();
  for (const { symbol, right } of [...inputs.map(leaf), ...computed]) {
    const line = barOf.get(symbol);
    nodes.set(symbol, {
      symbol,
      right: right as Application | undefined,
      bar: line?.symbol,
      barRight: line?.right,
      uses: [],
      neededBy: referring.filter(({ parts }) => parts.has(symbol)).map(({ symbol }) => symbol),
    });
  }
  for (const user of nodes.values()) {
    user.right?.inputs.forEach((x, operand) => {
      nodes.get(x)?.uses.push({ user, operand, contribution: contributionOf(user, operand) });
    });
  }
  // In the order in which the sweep comes by their users: that of the sum in the line of the bar.
  const order = adjoint.map(({ of }) => of);
  for (const { uses } of nodes.values()) {
    uses.sort((one, other) => order.indexOf(one.user.symbol) - order.indexOf(other.user.symbol));
  }
  const at = (symbol: Variable) => nodes.get(symbol) as SweepNode;
  const steps: Step[] = [
    ...computed.map(({ symbol }) => ({ kind: "forward" as const, node: at(symbol) })),
    ...adjoint.map(({ of }) => ({ kind: "backward" as const, node: at(of) })),
  ];
  const result = at((adjoint[0] as { of: Variable }).of);
  return { nodes: [...nodes.values()], result, steps, turn: computed.length };
}

interface Mutable extends SweepNode {
  readonly uses: Use[];
}

function leaf(symbol: Variable): { symbol: Variable; right?: undefined } {
  return { symbol };
}

/** j(primitive)(y, ȳ, x…) for one x: the table's own rule, applied to the names of values and bars. */
function contributionOf({ symbol, right, bar }: SweepNode, operand: number): Node | undefined {
  if (right === undefined || bar === undefined) return undefined;
  return right.primitive.rule(symbol, bar, ...right.inputs)[operand];
}

/** The values of all nodes and bars, for these values of the inputs. */
export function valuesOf({ nodes, steps, turn }: Sweep, given: Values): Map<Variable, Matrix> {
  const values = forwardValues(nodes, given);
  for (const { node } of steps.slice(turn)) {
    values.set(node.bar as Variable, evaluate(node.barRight as Node, values));
  }
  return values;
}

/** The values of all nodes; those that are given, be they inputs or not, are not computed. */
export function forwardValues(nodes: readonly SweepNode[], given: Values): Map<Variable, Matrix> {
  const values = new Map(given);
  for (const { symbol, right } of nodes) {
    if (right !== undefined && !given.has(symbol)) values.set(symbol, evaluate(right, values));
  }
  return values;
}

/** What is known after so many steps. */
export interface Progress {
  readonly values: ReadonlySet<SweepNode>;
  readonly bars: ReadonlySet<SweepNode>;
  /** The last step made; undefined at the start. */
  readonly step: Step | undefined;
}

/** @param position how many steps have been made, from 0 to all */
export function progressAt({ nodes, steps }: Sweep, position: number): Progress {
  const done = steps.slice(0, position);
  const of = (kind: Step["kind"]) =>
    done.filter((step) => step.kind === kind).map(({ node }) => node);
  const inputs = nodes.filter(({ right }) => right === undefined);
  return {
    values: new Set([...inputs, ...of("forward")]),
    bars: new Set(of("backward")),
    step: done.at(-1),
  };
}

/** The node of a symbol or of a bar, by its name. */
export function nodeNamed({ nodes }: Sweep, name: string): SweepNode | undefined {
  return nodes.find(({ symbol, bar }) => symbol.name === name || bar?.name === name);
}
