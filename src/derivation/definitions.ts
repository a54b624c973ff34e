/** Rules that the equations of a program are: a symbol may be written as what it is, and back. */
import {
  broadcast,
  divide,
  type Equation,
  exp,
  multiply,
  type Node,
  substitute,
  subtract,
  topologicalOrder,
  type Variable,
} from "../autodiff/index.js";
import { type Reason, type Rule, rule } from "./rewriting.js";
import { factorsOf, is, keyOf, numberOf, productOf } from "./terms.js";

/** Writes the first of these symbols that occurs as its right side. */
export function unfold(
  lines: readonly Equation[],
  reason: (line: Equation) => Reason = equality,
): Rule {
  return (expression) => {
    const parts = new Set(topologicalOrder([expression]));
    const line = lines.find(({ symbol }) => parts.has(symbol));
    if (line === undefined) return undefined;
    const [unfolded] = substitute([expression], new Map([[line.symbol, line.right]])) as [Node];
    return { expression: unfolded, reason: reason(line), line };
  };
}

/** Writes the symbol for what is, with all other lines unfolded, its right side. */
export function fold({ symbol, right }: Equation, lines: readonly Equation[]): Rule {
  const expand = (node: Node): Node => {
    const next = unfold(lines)(node);
    return next === undefined ? node : expand(next.expression);
  };
  const definition = expand(right);
  const key = keyOf(definition);
  return rule([symbol, " = ", definition], (part) =>
    part.kind === "application" && keyOf(expand(part)) === key ? symbol : undefined,
  );
}

/** Writes one symbol for another that is the same. */
export function rename(from: Variable, to: Variable): Rule {
  return rule([from, " is ", to], (part) => (part === from ? to : undefined));
}

/**
 * What follows from a = 1 / s and s = c + u: the product a ⊙ u is a ⊙ (s − c), which is 1 − c a. So
 * the sigmoid's derivative comes to contain nothing but the sigmoid.
 */
export function reciprocalRules(lines: readonly Equation[]): Rule[] {
  const lineOf = new Map<Node, Equation>(lines.map((line) => [line.symbol, line]));
  return lines.flatMap(({ symbol: a, right }) => {
    const s = is(right, "reciprocal") ? (right.inputs[0] as Node) : undefined;
    const total = s && lineOf.get(s);
    if (s === undefined || total === undefined || !is(total.right, "add")) return [];
    const [c, u] = total.right.inputs as [Node, Node];
    if (numberOf(c) === undefined) return [];
    const difference = subtract(s, c);
    const solve = rule([u, " = ", difference], (part) => {
      const factors = is(part, "multiply") ? factorsOf(part) : [];
      if (!factors.includes(a) || !factors.includes(u)) return undefined;
      return productOf([...factors.toSpliced(factors.indexOf(u), 1), difference]);
    });
    const multiplyOut = rule(["multiplied out"], (part) => {
      const factors = is(part, "multiply") ? factorsOf(part) : [];
      const [i, k] = [factors.lastIndexOf(a), factors.indexOf(difference)];
      if (i < 0 || k < 0) return undefined;
      const others = factors.filter((_, index) => index !== i && index !== k);
      return productOf([
        ...others,
        subtract(multiply(a, s), numberOf(c) === 1 ? a : multiply(a, c)),
      ]);
    });
    const inverse = rule([a, " = ", right], (part) => {
      const factors = is(part, "multiply") ? part.inputs : [];
      return factors.includes(a) && factors.includes(s) ? broadcast(1, a.shape) : undefined;
    });
    return [solve, multiplyOut, inverse];
  });
}

/** What follows from l = log s: s below the bar of a fraction is exp l. */
export function logarithmRules(lines: readonly Equation[]): Rule[] {
  return lines.flatMap(({ symbol: l, right }) => {
    if (!is(right, "log")) return [];
    const s = right.inputs[0];
    return rule([s as Node, " = ", exp(l)], (part) => {
      if (!is(part, "divide")) return undefined;
      const [x, total] = part.inputs as [Node, Node];
      if (total !== s && !(is(total, "broadcast") && total.inputs[0] === s)) return undefined;
      return divide(x, exp(broadcast(l, part.shape)));
    });
  });
}

function equality({ symbol, right }: Equation): Reason {
  return [symbol, " = ", right];
}
