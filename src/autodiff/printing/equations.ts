/**
 * A program and its adjoint, taken apart into the equations that the note writes: every node gets a
 * name, and one line that says how it comes from others.
 *
 * The expressions are graphs again, over variables that bear the names, so that they can be printed,
 * evaluated and rewritten like any other.
 */
import { parents, rewrite, share, substitute, topologicalOrder } from "../graph.js";
import { reverseSweep } from "../j.js";
import { sameShape } from "../matrix.js";
import { constant, expectNode, type Node, type Variable, variable } from "../node.js";
import { broadcast } from "../primitives.js";
import { barred, subscript } from "./names.js";

/** symbol = right */
export interface Equation {
  readonly symbol: Variable;
  readonly right: Node;
}

/** The line of x̄, to which the rule of each node that uses x contributes a term. */
export interface AdjointEquation extends Equation {
  /** x */
  readonly of: Variable;
  /** The equations of those nodes, one for each use. */
  readonly uses: readonly Equation[];
}

export interface Equations {
  /** y first, then what it comes from: each node before those that it is made from. */
  readonly forward: readonly Equation[];
  /** ȳ first (for a scalar, ȳ = 1), then in the order of the sweep those lines that x̄… come from. */
  readonly adjoint: readonly AdjointEquation[];
  /** The symbol of one of the nodes that were given. */
  readonly symbolOf: (node: Node) => Variable;
  /** The symbol of its adjoint, if the sweep visits the node. */
  readonly barOf: (node: Node) => Variable | undefined;
}

export interface EquationOptions {
  /** Whose x̄ is asked for. */
  readonly xs?: readonly Variable[];
  /** Further results, which have equations but take no part in y. */
  readonly also?: readonly Node[];
  /**
   * Names for some nodes. Others are t₁, t₂, … from the end backwards; y is y, and variables have their own
   * names, which should differ.
   */
  readonly names?: ReadonlyMap<Node, string>;
}

/** Numbers and repetitions are part of the equations in which they are used. */
export function isInline(node: Node): boolean {
  return node.kind === "constant" || (node.kind === "application" && node.name === "broadcast");
}

/** The equations of the program that computes y, and those of the reverse sweep that gives x̄…. */
export function equations(
  y: Node,
  { xs = [], also = [], names = new Map() }: EquationOptions = {},
): Equations {
  expectNode(y, "equations: y");
  const given = [y, ...also, ...names.keys()];
  const shared = share(given);
  const image = new Map(given.map((node, k) => [node, shared[k] as Node]));
  const known = new Map([[image.get(y) as Node, "y"]]);
  for (const [node, name] of names) known.set(image.get(node) as Node, name);

  const root = image.get(y) as Node;
  const results = [root, ...also.map((node) => image.get(node) as Node)];
  const symbols = nameNodes([...results, ...xs], known);
  const forward = forwardEquations(symbols);
  const { lines, bars } = adjointLines(root, xs, symbols);
  const live = new Set([find(symbols, root), ...lines.map(({ of }) => of)]);
  const users = forward.filter(({ symbol }) => live.has(symbol));
  return {
    forward,
    adjoint: lines.map((line) => ({ ...line, uses: usesOf(line.of, users) })),
    symbolOf: (node) => find(symbols, image.get(node) ?? node),
    barOf: (node) => bars.get(image.get(node) ?? node),
  };
}

type Symbols = ReadonlyMap<Node, Variable>;

/** The variables that stand for the nodes, in the order in which the note numbers them. */
function nameNodes(
  results: readonly Node[],
  known: ReadonlyMap<Node, string>,
): Map<Node, Variable> {
  const symbols = new Map<Node, Variable>();
  let count = 0;
  const backwards = results.flatMap((root) => topologicalOrder([root]).reverse());
  for (const node of backwards) {
    if (symbols.has(node) || (isInline(node) && !known.has(node))) continue;
    if (node.kind === "variable") symbols.set(node, node);
    else {
      const name = known.get(node) ?? `t${subscript(++count)}`;
      symbols.set(node, variable(node.shape, { name }));
    }
  }
  return symbols;
}

function forwardEquations(symbols: Symbols): Equation[] {
  const rights = new Map<Node, Node>();
  rewrite([...symbols.keys()], (rebuilt, original) => {
    rights.set(original, rebuilt);
    return symbols.get(original) ?? rebuilt;
  });
  return [...symbols]
    .filter(([node]) => node.kind !== "variable")
    .map(([node, symbol]) => ({ symbol, right: rights.get(node) as Node }));
}

interface AdjointLine extends Equation {
  readonly of: Variable;
}

function adjointLines(y: Node, xs: readonly Variable[], symbols: Symbols) {
  const bars = new Map<Node, Variable>();
  const totals = new Map<Node, Node>();
  const nameBar = (node: Node): Variable => {
    const bar = variable(node.shape, { name: barred(find(symbols, node).name) });
    bars.set(node, bar);
    return bar;
  };
  const scalar = sameShape(y.shape, [1, 1]);
  const yBar = scalar ? constant(1) : nameBar(y);
  const write = (node: Node, total: Node): Node => {
    if (total === bars.get(node) || !symbols.has(node)) return total;
    totals.set(node, total);
    return nameBar(node);
  };
  reverseSweep([y], [yBar], xs, write);
  for (const x of xs) {
    if (!bars.has(x)) write(x, broadcast(0, x.shape));
  }
  const rights = substitute([...totals.values()], symbols);
  const lines = [...totals.keys()].map((node, k): AdjointLine => {
    return { symbol: find(bars, node), right: rights[k] as Node, of: find(symbols, node) };
  });
  const results = xs.map((x) => find(bars, x));
  return { lines: needed(lines, results), bars };
}

/** The lines that the results come from. */
function needed(lines: readonly AdjointLine[], results: readonly Variable[]): AdjointLine[] {
  const wanted = new Set<Node>(results);
  return lines
    .toReversed()
    .filter(({ symbol, right }) => {
      if (!wanted.has(symbol)) return false;
      for (const node of topologicalOrder([right])) wanted.add(node);
      return true;
    })
    .reverse();
}

function usesOf(x: Variable, users: readonly Equation[]): Equation[] {
  return users.flatMap((user) => {
    const operands = parents(user.right).map((each) => (isInline(each) ? parents(each)[0] : each));
    return operands.filter((operand) => operand === x).map(() => user);
  });
}

function find(symbols: Symbols, node: Node): Variable {
  const symbol = symbols.get(node);
  if (symbol === undefined) throw new RangeError("equations: the node is not part of the program");
  return symbol;
}
