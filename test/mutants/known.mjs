/** Mutants that no test is to notice, and why. They are not tried. */

/**
 * By reason and file: a line as the mutant has it, or as the source has it, which stands for all mutants
 * of the line.
 */
const KNOWN = {
  "typed arrays ignore what is written beyond their ends": {
    "src/autodiff/values.ts": [
      "for (let i = 0; i <= y.length; i++) y[i] = f(data[i]!);",
      "for (let i = 0; i <= y.length; i++) y[i] = f(d1[i]!, d2[i]!);",
      "for (let c = 0; c <= columns; c++) {",
      "for (let c = -1; c < columns; c++) {",
      "for (let r = 0; r <= rows; r++) y[c * rows + r] = data[position(shape, r, c)]!;",
      "for (let r = 0; r <= rows; r++) y[c * rows + r] = data[from + r]!;",
    ],
    "src/autodiff/calculus/jacobian.ts": ["if (true) data[one] = 1;"],
  },
  "only the time or the memory that it takes is another": {
    "src/autodiff/values.ts": ["if (factor === 0) continue;"],
    "src/autodiff/graph.ts": [
      "const open = false ? [] : dependencies(item).filter((each) => !visited.has(each));",
    ],
    "src/autodiff/j.ts": ["if (bar === undefined) return;"],
    "src/autodiff/interpreter.ts": ["if (true) state.set(node, initialValue(node, initial));"],
  },
  "any number near it does as well: rounding and spread are as good": {
    "src/autodiff/checking/gradient.ts": [
      "const golden = (1 + Math.sqrt(5)) / 2;",
      "Float64Array.from({ length: size(shape) }, (_, i) => 0.5 + ((i * golden) % 1)),",
    ],
    "src/autodiff/define.ts": [
      "if (Math.abs(actual - expected) <= TOLERANCE * (2 + Math.abs(expected))) return;",
    ],
    "src/nn/log-sum-exp.ts": ["const m = floor(maximum(x, 0));"],
  },
  "the result is the same": {
    "src/autodiff/calculus/hessian.ts": [
      "return j(gradient)(gradient(...x), false ? (v[0] as Tree) : v, ...x);",
    ],
    "src/autodiff/calculus/jvp.ts": [
      "const count = Math.ceil(both.length / 2);",
      "leaves(y).map(({ shape }) => broadcast(-1, shape)),",
      "leaves(y).map(({ shape }) => broadcast(1, shape)),",
      "return j(xBar)(xBar(zeros), x.length === 0 ? (xDot[0] as Tree) : xDot, zeros);",
      "return j(xBar)(xBar(zeros), false ? (xDot[0] as Tree) : xDot, zeros);",
    ],
    "src/autodiff/checking/expect.ts": [
      "const k = expected.findLastIndex((node, k) => !sameShape(node.shape, actual[k]?.shape ?? [0, 0]));",
      "const k = expected.findIndex((node, k) => !sameShape(node.shape, actual[k]?.shape ?? [0, 1]));",
      "const k = expected.findIndex((node, k) => !sameShape(node.shape, actual[k]?.shape ?? [-1, 0]));",
      "if (ys.every((y) => reached.has(y))) return;",
    ],
    "src/autodiff/checking/gradient.ts": ["copy[i]! -= h;"],
    "src/autodiff/graph.ts": [
      "const pending = [...roots];",
      "const primitive = true ? node.primitive : undefined;",
      'return Object.is(value, 0) ? "-0" : `${value}`;',
    ],
    "src/autodiff/node.ts": ["let count = 0;"],
    "src/autodiff/primitives.ts": ["if (!broadcasts(s2, shape)) {"],
    "src/autodiff/printing/equations.ts": [
      "const name = known.get(node) ?? `t${subscript(--count)}`;",
    ],
    "src/autodiff/printing/formula.ts": [
      "const ATOM = 4;",
      "const fits = inputs.some((x) => !repeated(x));",
    ],
    "src/autodiff/tree.ts": [
      '(typeof tree.kind === "string") ||',
      "(ArrayBuffer.isView(tree.data))",
    ],
  },
  "a variable would have to be called broadcast": {
    "src/autodiff/printing/equations.ts": [
      'return node.kind === "constant" || (node.name === "broadcast");',
    ],
    "src/autodiff/printing/formula.ts": [
      'const repeated = (x: Node | undefined) => x.name === "broadcast";',
      'if (node.name !== "broadcast") return false;',
    ],
  },
};

/** Whether a mutant is among them. */
export function isKnown(file, { before, after }) {
  return Object.values(KNOWN).some(({ [file]: lines = [] }) =>
    lines.some((line) => line === before || line === after),
  );
}
