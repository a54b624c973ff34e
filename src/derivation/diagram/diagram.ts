/** The computational graph as a drawing has it: boxes, and arrows between them. */
import { formula, type Node, topologicalOrder, type Variable } from "../../autodiff/index.js";
import type { Derivation } from "../backpropagation.js";
import type { Report } from "../report.js";

export interface Box {
  /** n0, n1, … */
  readonly id: string;
  /** The equation, such as `t̄₂¹ = t̄₁¹`, or the name of what is given. */
  readonly label: string;
  /** The shape and, of an adjoint, the rules that its line comes from: `3×1 · j(exp)`. */
  readonly note: string;
  readonly kind: "given" | "forward" | "adjoint";
  /** The equation of the book in whose derivation the line is first used. */
  readonly equation?: Derivation["equation"];
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
  /** The equations that boxes belong to, with their names in the book's notation. */
  readonly legend: ReadonlyMap<Derivation["equation"], string>;
}

/** A box for every given variable and every equation, and an arrow for everything one refers to. */
export function diagramOf({ network, derivations }: Report): Diagram {
  const { forward, adjoint } = network.equations;
  const lines = [...forward, ...adjoint];
  const defined = new Set<Node>(lines.map(({ symbol }) => symbol));
  const references = lines.map(({ right }) => variablesIn(right));
  const given = [...new Set(references.flat())].filter((symbol) => !defined.has(symbol));
  const ids = new Map<Node, string>();
  for (const symbol of [...given, ...lines.map(({ symbol }) => symbol)]) {
    ids.set(symbol, `n${ids.size}`);
  }
  const id = (symbol: Node) => ids.get(symbol) as string;
  const owners = equationsOf(derivations);
  const box = (symbol: Variable, right?: Node) => ({
    id: id(symbol),
    label: right === undefined ? symbol.name : `${symbol.name} = ${formula(right)}`,
    note: symbol.shape.join("×"),
  });
  const boxes: Box[] = [
    ...given.map((symbol) => ({ ...box(symbol), kind: "given" as const })),
    ...forward.map(({ symbol, right }) => ({ ...box(symbol, right), kind: "forward" as const })),
    ...adjoint.map(({ symbol, right, uses }): Box => {
      const { note, ...rest } = box(symbol, right);
      const rules = uses.map((use) => (use.right.kind === "application" ? use.right.name : ""));
      const names = [...new Set(rules)].map((name) => `j(${name})`);
      const equation = owners.get(symbol);
      const notes = [note, ...(names.length > 0 ? [names.join(" + ")] : [])].join(" · ");
      return { ...rest, note: notes, kind: "adjoint", ...(equation && { equation }) };
    }),
  ];
  const kinds = new Map(boxes.map((each) => [each.id, each.kind === "adjoint"]));
  const arrows = lines.flatMap(({ symbol }, k) =>
    (references[k] as Variable[]).map((reference): Arrow => {
      const [from, to] = [id(reference), id(symbol)];
      const [isBar, toBar] = [kinds.get(from), kinds.get(to)];
      return { from, to, kind: isBar === toBar ? (isBar ? "adjoint" : "forward") : "value" };
    }),
  );
  return { boxes, arrows, legend: legendOf(derivations) };
}

/** For each line of the sweep the first equation that makes use of it. */
export function equationsOf(derivations: readonly Derivation[]): Map<Node, Derivation["equation"]> {
  const owners = new Map<Node, Derivation["equation"]>();
  for (const { equation, chain } of derivations) {
    for (const { line } of chain.steps) {
      if (line !== undefined && !owners.has(line.symbol)) owners.set(line.symbol, equation);
    }
  }
  return owners;
}

/** Each equation as it is for the last layer that has it. */
function legendOf(derivations: readonly Derivation[]): Diagram["legend"] {
  const legend = new Map<Derivation["equation"], string>();
  for (const { equation, chain } of derivations) {
    if (!legend.has(equation)) {
      const name = equation === chain.left.name ? "" : `${equation}: `;
      legend.set(equation, `${name}${chain.left.name} = ${formula(chain.goal)}`);
    }
  }
  return new Map([...legend].sort(([a], [b]) => a.localeCompare(b)));
}

function variablesIn(expression: Node): Variable[] {
  return topologicalOrder([expression]).filter((node) => node.kind === "variable");
}
