/**
 * A small language for formulas: numbers, names, + − * / ^, parentheses, and exp, log, sqrt, tanh. The text
 * becomes a graph of the library's nodes, each number and name being 1×1. Nothing is run that was typed.
 */
import {
  add,
  divide,
  exp,
  log,
  multiply,
  type Node,
  negate,
  reciprocal,
  sqrt,
  subtract,
  tanh,
  type Variable,
  variable,
} from "../../../autodiff/index.js";
import { described, FormulaError, type Token, tokensOf } from "./tokens.js";

export interface Formula {
  readonly result: Node;
  /** In the order in which they first occur. */
  readonly names: readonly Variable[];
}

const MOST_NAMES = 6;
const LARGEST_EXPONENT = 6;

const FUNCTIONS: Readonly<Record<string, (x: Node | number) => Node>> = { exp, log, sqrt, tanh };

/** Throws a {@link FormulaError} if the text is no formula, or has no name in it. */
export function parse(text: string): Formula {
  const tokens = tokensOf(text);
  const names = new Map<string, Variable>();
  let at = 0;
  const token = () => tokens[at] as Token;
  const takes = (signs: string): string | undefined => {
    const { kind, text } = token();
    if (kind !== "sign" || !signs.includes(text)) return undefined;
    at++;
    return text;
  };
  const closing = (opened: Token) => {
    if (takes(")") !== undefined) return;
    throw new FormulaError(
      `The parenthesis at character ${opened.place} should be closed before ${described(token())}.`,
    );
  };

  function sum(): Node | number {
    let x = product();
    for (let sign = takes("+-"); sign !== undefined; sign = takes("+-")) {
      x = sign === "+" ? add(x, product()) : subtract(x, product());
    }
    return x;
  }

  function product(): Node | number {
    let x = signed();
    for (let sign = takes("*/"); sign !== undefined; sign = takes("*/")) {
      const other = signed();
      // 1 / x has a primitive of its own, as in the note.
      if (sign === "/" && x === 1) x = reciprocal(other);
      else x = sign === "*" ? multiply(x, other) : divide(x, other);
    }
    return x;
  }

  function signed(): Node | number {
    if (takes("-") === undefined) return power();
    const x = signed();
    return typeof x === "number" ? -x : negate(x);
  }

  /** xⁿ is x · x · …, as the table has no power. */
  function power(): Node | number {
    const x = atom();
    if (takes("^") === undefined) return x;
    const { text, kind } = token();
    const n = kind === "number" ? Number(text) : Number.NaN;
    if (!Number.isInteger(n) || n < 2 || n > LARGEST_EXPONENT) {
      throw new FormulaError(
        `After ^ there should be a whole number from 2 to ${LARGEST_EXPONENT}, not ${described(token())}; write x^c as exp(c * log(x)).`,
      );
    }
    at++;
    if (token().text === "^") {
      throw new FormulaError(`Put parentheses around the power before ${described(token())}.`);
    }
    let y = x;
    for (let k = 1; k < n; k++) y = multiply(y, x);
    return y;
  }

  function atom(): Node | number {
    const first = token();
    if (first.kind === "number") {
      at++;
      return Number(first.text);
    }
    if (takes("(") !== undefined) {
      const x = sum();
      closing(first);
      return x;
    }
    if (first.kind !== "name") {
      throw new FormulaError(
        `There should be a number, a name or a parenthesis, not ${described(first)}.`,
      );
    }
    at++;
    const f = Object.hasOwn(FUNCTIONS, first.text) ? FUNCTIONS[first.text] : undefined;
    const opening = token();
    if (takes("(") === undefined) return f === undefined ? named(first) : missing(first);
    if (f === undefined) {
      const known = Object.keys(FUNCTIONS).join(", ");
      throw new FormulaError(
        `Unknown function ${described(first)}: there are ${known}, and products are written with *.`,
      );
    }
    const x = sum();
    closing(opening);
    return f(x);
  }

  function missing({ text }: Token): never {
    throw new FormulaError(`After ${text} there should be a (, not ${described(token())}.`);
  }

  function named({ text }: Token): Variable {
    const known = names.get(text) ?? variable([1, 1], { name: text });
    if (names.set(text, known).size > MOST_NAMES) {
      throw new FormulaError(`${text} is one name too many: there may be ${MOST_NAMES}.`);
    }
    return known;
  }

  const result = sum();
  if (token().kind !== "end") {
    throw new FormulaError(`There should be + - * / or the end, not ${described(token())}.`);
  }
  if (typeof result === "number" || result.kind !== "application" || names.size === 0) {
    throw new FormulaError("The formula should compute something with a name, such as x * exp(x).");
  }
  return { result, names: [...names.values()] };
}
