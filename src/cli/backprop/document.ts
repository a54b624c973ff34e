/** What `train-mnist backprop` has to say, before it is decided how that is written down. */
import type { Matrix, Node, Variable } from "../../autodiff/index.js";
import type { Chain, Comparison, Derivation, Proof, Report } from "../../derivation/index.js";
import { parameterList } from "../../nn/index.js";
import { count } from "../terminal/format.js";

/** symbol = right, or a symbol that is given. */
export interface Line {
  readonly symbol: Variable;
  readonly right?: Node;
  readonly note: string;
  readonly value?: Matrix;
}

export interface Row {
  readonly cells: readonly (string | Node)[];
  readonly holds: boolean;
}

export type Block =
  | { readonly kind: "title" | "heading" | "paragraph"; readonly text: string }
  | { readonly kind: "equations"; readonly lines: readonly Line[] }
  | { readonly kind: "chain"; readonly title: string; readonly chain: Chain }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly Row[] };

export interface DocumentOptions {
  /** What the sample is, in words. */
  readonly sample: string;
  readonly seed: number;
  /** Whether the values of nodes are part of it. */
  readonly values: boolean;
}

export function documentOf(report: Report, options: DocumentOptions): Block[] {
  const { network, derivations, proof } = report;
  const { sizes, activation, cost } = network.exercise;
  return [
    { kind: "title", text: "Backpropagation, derived by reverse-mode differentiation" },
    paragraph(
      `The network [${sizes}] with ${activation} hidden layers and the ${cost} cost, ` +
        `its weights from seed ${options.seed}; ${options.sample}.`,
    ),
    paragraph(
      "A superscript is the number of a layer. A bar is a derivative of the cost: x̄ is ∂C/∂x. " +
        "⊙ multiplies element by element; x y is a product of matrices, or with a number. " +
        "A number that meets a matrix is repeated to its shape, and so is x in broadcast(x). " +
        "[x > y] is 1 where that is so and else 0, Σ adds all elements up, ⌊x⌋ rounds down.",
    ),
    ...forwardPass(report, options),
    ...reverseSweep(report, options),
    heading("3. The four equations"),
    paragraph(
      "Each equality follows from the one before by the rule beside it: a line of the sweep, a line " +
        "of the forward pass, or algebra. ✓ says that both sides agree on this network's values. " +
        "δ is the book's name for z̄.",
    ),
    ...derivations.map(
      (derivation): Block => ({
        kind: "chain",
        title: `${derivation.equation}, layer ${derivation.layer}`,
        chain: derivation.chain,
      }),
    ),
    ...numbers(proof, derivations),
  ];
}

function forwardPass({ network }: Report, { values }: DocumentOptions): Block[] {
  const { layers, a0, y, equations } = network;
  const given = [a0, y, ...parameterList(layers)];
  const line = ({ symbol, right }: { symbol: Variable; right?: Node }): Line => ({
    symbol,
    ...(right && { right }),
    note: shapeOf(symbol),
    ...valueIn(network.values, symbol, values),
  });
  const last = layers.at(-1)!;
  const output = equations.barOf(last.a)
    ? equations.forward.length
    : equations.forward.findIndex(({ symbol }) => symbol === equations.symbolOf(last.a));
  const aside: Block[] = [
    paragraph(
      "This cost takes zᴸ itself, in a form that cannot overflow. What the network puts out is not " +
        "part of it:",
    ),
    { kind: "equations", lines: equations.forward.slice(output).map(line) },
  ];
  return [
    heading("1. The forward pass"),
    paragraph(
      "Every node is one elementary function of its parents. In layer l, the steps from aˡ back to its " +
        "inputs are t₁ˡ, t₂ˡ, … as in the note, where zˡ is the sigmoid's t₄; the steps of the cost are " +
        "c₁, c₂, … Given are",
    ),
    { kind: "equations", lines: given.map((symbol) => line({ symbol })) },
    paragraph("and from these come"),
    { kind: "equations", lines: equations.forward.slice(0, output).map(line) },
    ...(output < equations.forward.length ? aside : []),
  ];
}

function reverseSweep({ network }: Report, { values }: DocumentOptions): Block[] {
  const lines = network.equations.adjoint.map(({ symbol, right, uses }): Line => {
    const rules = uses.map(({ right }) => (right.kind === "application" ? `j(${right.name})` : ""));
    const note = `${shapeOf(symbol)}  ${rules.join(" + ")}`.trimEnd();
    return { symbol, right, note, ...valueIn(network.values, symbol, values) };
  });
  return [
    heading("2. The reverse sweep"),
    paragraph(
      "From C̄ = ∂C/∂C = 1 on, each node is visited once, after all nodes that use it. Its line adds up " +
        "what j makes of these uses, from the table of primitives: j(exp)(y, ȳ, x) = y ȳ. Nodes that no " +
        "parameter's derivative comes from have no line.",
    ),
    { kind: "equations", lines },
  ];
}

function numbers(proof: Proof, derivations: readonly Derivation[]): Block[] {
  const { forward, backward, parameters, evaluations, formulaLength } = proof;
  const failed = derivations.filter(({ chain }) => !chain.holds).length;
  const steps = derivations.reduce((sum, { chain }) => sum + chain.steps.length, 0);
  const ratio = (backward.operations / forward.operations).toFixed(2);
  return [
    heading("4. The proof in numbers"),
    paragraph(
      failed === 0
        ? `All ${steps} equalities hold, and all ${derivations.length} derivations reach their equation.`
        : `${failed} of ${derivations.length} derivations do NOT reach their equation by equalities that hold.`,
    ),
    paragraph(
      "The largest difference of what rmAD computes from the book's equations, worked out by hand in " +
        "plain loops, and from finite differences, relative to the largest derivative in the matrix " +
        "(allowed: 1e-12 and 1e-6). Of large matrices, finite differences are taken of elements drawn " +
        "at random:",
    ),
    {
      kind: "table",
      head: ["", "derivative", "shape", "book", "differences", "elements"],
      rows: proof.comparisons.map(comparison),
    },
    paragraph(
      `rmAD computes ${count(forward.nodes)} nodes forward and ${count(backward.nodes)} backward, each ` +
        `once, for the derivatives of all ${count(parameters)} parameters. The backward pass takes ` +
        `${count(backward.operations)} operations, ${ratio} times the ${count(forward.operations)} of the ` +
        "forward pass.",
    ),
    paragraph(
      `It lies between two extremes. Finite differences evaluated the network ${count(evaluations.done)} ` +
        `times for the elements above, and would take ${count(evaluations.all)} evaluations for all ` +
        "parameters. A symbolic formula of ∂C/∂w¹ alone, written out without names for its parts, would " +
        `be ${count(formulaLength)} operations on matrices long.`,
    ),
  ];
}

function comparison({ equation, layer, of, book, differences, elements, holds }: Comparison): Row {
  const all = of.shape[0] * of.shape[1];
  const tried = elements === all ? "all" : `${count(elements)} of ${count(all)}`;
  return {
    cells: [`${equation}, layer ${layer}`, of, shapeOf(of), small(book), small(differences), tried],
    holds,
  };
}

/** 0.00000000000000022 → 2.2e-16 */
export function small(x: number): string {
  return x === 0 ? "0" : x.toExponential(1);
}

function valueIn(values: ReadonlyMap<Variable, Matrix>, symbol: Variable, wanted: boolean) {
  const value = wanted ? values.get(symbol) : undefined;
  return value === undefined ? {} : { value };
}

function shapeOf({ shape: [rows, columns] }: Node): string {
  return `${rows}×${columns}`;
}

function heading(text: string): Block {
  return { kind: "heading", text };
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}
