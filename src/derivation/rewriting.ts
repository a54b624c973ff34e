/**
 * Chains of equalities. A rule says how an expression may be written otherwise; a derivation applies
 * the first rule that has something to say, again and again, until none has. Whether an equality
 * holds is not believed of the rules: both sides of each are computed on the actual values.
 */
import {
  type Bindings,
  type Equation,
  formula,
  type Node,
  type Notation,
  rewrite,
  type Variable,
} from "../autodiff/index.js";
import { agreement } from "./agreement.js";
import { keyOf } from "./terms.js";

/** A few words, with formulas among them. */
export type Reason = readonly (string | Node)[];

/** What an expression becomes, and why. */
export interface Rewriting {
  readonly expression: Node;
  readonly reason: Reason;
  /** The line of the program that says so, if it is one. */
  readonly line?: Equation;
}

/** Gives the expression in another form, or nothing if the rule does not apply to it. */
export type Rule = (expression: Node) => Rewriting | undefined;

/** A rule that writes parts of an expression otherwise, wherever they occur. */
export function rule(reason: Reason, change: (part: Node) => Node | undefined): Rule {
  return (expression) => {
    const [changed] = rewrite([expression], (rebuilt) => change(rebuilt) ?? rebuilt) as [Node];
    return changed === expression ? undefined : { expression: changed, reason };
  };
}

/** A reason as text or as a LaTeX formula. */
export function reasonText(reason: Reason, notation: Notation = "text"): string {
  const words = (part: string) =>
    notation === "latex" && /\w/.test(part) ? `\\text{${part}}` : part;
  return reason
    .map((part) => (typeof part === "string" ? words(part) : formula(part, notation)))
    .join("");
}

/** One equality of a chain: what was before = expression. */
export interface Step extends Rewriting {
  /** The largest difference from what was before, in parts of the numbers that it comes from. */
  readonly difference: number;
  readonly holds: boolean;
}

/** left = steps[0] = steps[1] = … = goal */
export interface Chain {
  readonly left: Variable;
  readonly steps: readonly Step[];
  /** What the book has. */
  readonly goal: Node;
  /** Whether the last expression is that, up to the order of factors and terms. */
  readonly reached: boolean;
  /** Whether it is, and all equalities hold on the values. */
  readonly holds: boolean;
}

/** A derivation that is not at its end after so many steps goes round in circles. */
const MOST_STEPS = 200;

/**
 * The chain that leads from `left` to `goal`. It ends where no rule applies: one that does not get to
 * the goal is reported as such.
 */
export function derive(
  left: Variable,
  goal: Node,
  rules: readonly Rule[],
  values: Bindings,
): Chain {
  const steps: Step[] = [];
  let expression: Node = left;
  while (steps.length < MOST_STEPS && (steps.length === 0 || keyOf(expression) !== keyOf(goal))) {
    const next = firstOf(rules, expression);
    if (next === undefined) break;
    steps.push({ ...next, ...agreement(expression, next.expression, values) });
    expression = next.expression;
  }
  const reached = keyOf(expression) === keyOf(goal);
  return { left, steps, goal, reached, holds: reached && steps.every(({ holds }) => holds) };
}

/** What the rules make of an expression in the end. */
export function simplify(expression: Node, rules: readonly Rule[]): Node {
  let simplified = expression;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = firstOf(rules, simplified);
    if (next === undefined) break;
    simplified = next.expression;
  }
  return simplified;
}

function firstOf(rules: readonly Rule[], expression: Node): Rewriting | undefined {
  for (const rule of rules) {
    const next = rule(expression);
    if (next !== undefined) return next;
  }
  return undefined;
}
