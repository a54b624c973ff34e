/** The computational graph as a drawing has it: boxes, and arrows between them. */
import {
  type Equations,
  formula,
  type Node,
  topologicalOrder,
  type Variable,
} from "../../autodiff/index.js";

export interface Box {
  /** n0, n1, … */
  readonly id: string;
  /** What stands in it: `t₃ = −z¹`, or the name of what is given. */
  readonly label: string;
  readonly kind: "given" | "forward" | "adjoint";
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Whether it carries an adjoint, or a value of the forward pass to where that is used. */
  readonly kind: "forward" | "adjoint" | "value";
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** A box for every given variable and every equation, and an arrow for everything one refers to. */
export function diagramOf({ forward, adjoint }: Equations): Diagram {
  const lines = [...forward, ...adjoint];
  const defined = new Set<Node>(lines.map(({ symbol }) => symbol));
  const referredTo = lines.map(({ right }) => variablesIn(right));
  const given = [...new Set(referredTo.flat())].filter((symbol) => !defined.has(symbol));
  const ids = new Map<Node, string>();
  for (const symbol of [...given, ...lines.map(({ symbol }) => symbol)]) {
    ids.set(symbol, `n${ids.size}`);
  }
  const id = (symbol: Node) => ids.get(symbol) as string;
  const bars = new Set<Node>(adjoint.map(({ symbol }) => symbol));
  const kindOf = (symbol: Node) => (bars.has(symbol) ? "adjoint" : "forward");
  return {
    boxes: [
      ...given.map((symbol): Box => ({ id: id(symbol), label: symbol.name, kind: "given" })),
      ...lines.map(({ symbol, right }): Box => {
        const label = `${symbol.name} = ${formula(right)}`;
        return { id: id(symbol), label, kind: kindOf(symbol) };
      }),
    ],
    arrows: lines.flatMap(({ symbol }, k) =>
      (referredTo[k] as Variable[]).map((from): Arrow => {
        const kind = kindOf(symbol) === kindOf(from) ? kindOf(from) : "value";
        return { from: id(from), to: id(symbol), kind };
      }),
    ),
  };
}

function variablesIn(expression: Node): Variable[] {
  return topologicalOrder([expression]).filter((node) => node.kind === "variable");
}
