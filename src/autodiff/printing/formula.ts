/** Expressions as formulas, in plain text or LaTeX. */
import { sameShape, show } from "../matrix.js";
import { type Application, expectNode, type Node } from "../node.js";
import type { PrimitiveName } from "../primitives.js";
import { elementwiseShape } from "../shapes.js";
import { isRaised, latexName } from "./names.js";

export type Notation = "text" | "latex";

/** The precedence of a formula: one of less than its place asks for gets parentheses. */
const SUM = 1;
const PRODUCT = 2;
const ATOM = 3;

interface Formula {
  readonly text: string;
  readonly precedence: number;
  /** The operator between its parts, which may be repeated without parentheses: x ⊙ y ⊙ z. */
  readonly operator?: string;
}

/**
 * The formula of an expression. ⊙ is the product element by element; x y that of matrices, or with
 * a scalar. A scalar that meets a matrix stands for a matrix of equal elements.
 */
export function formula(node: Node, notation: Notation = "text"): string {
  expectNode(node, "formula: the expression");
  const { text } = write(node, notation);
  return notation === "latex" ? text.replaceAll("−", "-") : text;
}

type Writer = (node: Application, notation: Notation) => Formula;

const writers: Readonly<Record<PrimitiveName, Writer>> = {
  add: chain("+", SUM),
  subtract: chain("−", SUM),
  multiply: product,
  divide: (node, notation) => {
    const [x1, x2] = operands(node);
    return quotient(write(x1, notation), write(x2, notation), notation);
  },
  maximum: call("max"),
  greater: (node, notation) => {
    const [x1, x2] = operands(node).map((x) => write(x, notation).text);
    return atom(`[${x1} > ${x2}]`);
  },
  negate: (node, notation) => ({
    text: `−${parenthesised(write(inputOf(node), notation), PRODUCT)}`,
    precedence: SUM,
  }),
  reciprocal: (node, notation) => quotient(atom("1"), write(inputOf(node), notation), notation),
  exp: call("exp"),
  log: call("log"),
  sqrt: call("sqrt"),
  tanh: call("tanh"),
  floor: (node, notation) => {
    const { text } = write(inputOf(node), notation);
    return atom(notation === "latex" ? `\\lfloor ${text} \\rfloor` : `⌊${text}⌋`);
  },
  matmul: chain("", PRODUCT, matrices),
  transpose: (node, notation) => {
    const x = write(inputOf(node), notation);
    const base = isRaised(x.text) || x.text.endsWith("}") ? `(${x.text})` : parenthesised(x, ATOM);
    return atom(notation === "latex" ? `${base}^{T}` : `${base}ᵀ`);
  },
  broadcast: toShape("broadcast"),
  sum: (node, notation) => {
    const x = write(inputOf(node), notation);
    if (!isScalar(node)) return toShape("sum")(node, notation);
    const operator = notation === "latex" ? "\\textstyle\\sum " : "Σ ";
    return { text: `${operator}${parenthesised(x, ATOM)}`, precedence: PRODUCT };
  },
  max: (node, notation) => (isScalar(node) ? call : toShape)("max")(node, notation),
  columns: call("columns"),
  scatterColumns: call("scatterColumns"),
};

function write(node: Node, notation: Notation): Formula {
  if (node.kind === "variable") {
    return atom(notation === "latex" ? latexName(node.name) : node.name);
  }
  if (node.kind === "constant") return constantFormula(node.value.data, node.shape);
  if (isNumber(node)) return write(node.inputs[0] as Node, notation);
  const writer: Writer = writers[node.name as PrimitiveName] ?? call(node.name);
  return writer(node, notation);
}

function constantFormula(data: ArrayLike<number>, shape: readonly [number, number]): Formula {
  const [value] = [data[0] as number];
  if (data.length > 1) return atom(`constant(${show(shape)})`);
  return value < 0 ? { text: `−${-value}`, precedence: SUM } : atom(String(value));
}

/** Operands with an operator between them, grouped from the left. */
function chain(operator: string, precedence: number, writeAll = writtenOperands): Writer {
  return (node, notation) => {
    const [x1, x2] = writeAll(node, notation) as [Formula, Formula];
    const left =
      precedence === SUM || x1.operator === operator
        ? parenthesised(x1, precedence)
        : parenthesised(x1, ATOM);
    const between = operator === "" ? " " : ` ${operator} `;
    return { text: `${left}${between}${parenthesised(x2, precedence + 1)}`, precedence, operator };
  };
}

/** x₁ ⊙ x₂; without the sign ⊙ if one is a scalar. */
function product(node: Application, notation: Notation): Formula {
  const [x1, x2] = operands(node);
  const scalar = [x1, x2].some((x) => isNumber(x) || isScalar(x));
  if (!scalar) return chain(notation === "latex" ? "\\odot" : "⊙", PRODUCT)(node, notation);
  if (isNumber(x2)) return chain(notation === "latex" ? "\\cdot" : "·", PRODUCT)(node, notation);
  return chain("", PRODUCT)(node, notation);
}

function quotient(x1: Formula, x2: Formula, notation: Notation): Formula {
  if (notation === "latex") return atom(`\\frac{${x1.text}}{${x2.text}}`);
  return { text: `${parenthesised(x1, ATOM)} / ${parenthesised(x2, ATOM)}`, precedence: PRODUCT };
}

function call(name: string): Writer {
  return (node, notation) => {
    const list = operands(node).map((x) => write(x, notation).text);
    return atom(`${notation === "latex" ? latexFunction(name) : name}(${list.join(", ")})`);
  };
}

/** An argument, and the shape that it is brought to. */
function toShape(name: string): Writer {
  return (node, notation) => {
    const written = notation === "latex" ? latexFunction(name) : name;
    return atom(`${written}(${write(inputOf(node), notation).text}, ${show(node.shape)})`);
  };
}

function latexFunction(name: string): string {
  return ["exp", "log", "tanh", "max"].includes(name) ? `\\${name}` : `\\operatorname{${name}}`;
}

function writtenOperands(node: Application, notation: Notation): Formula[] {
  return operands(node).map((x) => write(x, notation));
}

/** The operands of a matrix product, of which a number may not stand for a matrix. */
function matrices({ inputs }: Application, notation: Notation): Formula[] {
  return inputs.map((x) => (isRepeated(x) ? writers.broadcast : write)(x as Application, notation));
}

/**
 * The operands as they are written: a scalar that is repeated to fit the other is only a scalar, where they
 * meet element by element.
 */
function operands({ primitive, inputs }: Application): [Node, Node] {
  const isBinary = primitive.shape === elementwiseShape && inputs.length === 2;
  const hidesRepetition = isBinary && !inputs.every(isRepeated);
  return inputs.map((x) => (hidesRepetition && isRepeated(x) ? inputOf(x) : x)) as [Node, Node];
}

function isScalar({ shape }: Node): boolean {
  return sameShape(shape, [1, 1]);
}

function inputOf({ inputs }: Application): Node {
  return inputs[0] as Node;
}

/** Whether the node is a number, be it repeated or not. */
function isNumber(node: Node): boolean {
  if (node.kind === "constant") return node.value.data.length === 1;
  return isRepeated(node) && isNumber(inputOf(node));
}

function isRepeated(node: Node): node is Application {
  return node.kind === "application" && node.name === "broadcast";
}

function atom(text: string): Formula {
  return { text, precedence: ATOM };
}

function parenthesised({ text, precedence }: Formula, least: number): string {
  return precedence < least ? `(${text})` : text;
}
