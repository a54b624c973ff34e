/**
 * The nodes of the computational graph. A node is a variable, a constant, or a primitive applied to
 * its parent nodes. Nodes hold no values: a graph is a program, which `evaluate` or an engine runs.
 */
import {
  expectObject,
  expectText,
  given,
  isMatrix,
  isNumbers,
  shown,
  unexpected,
} from "../given.js";
import {
  copyOf,
  expectMatrix,
  expectShape,
  type Matrix,
  matrixOf,
  type Shape,
  show,
} from "./matrix.js";

/** One row of the table of primitives: what it is, what shape it has, and its rule j(primitive). */
export interface Primitive {
  /**
   * The result's shape, or a sentence that says which argument does not fit. `target` is the shape
   * asked for, where the arguments leave it open (broadcast, sum, …).
   */
  readonly shape: (inputs: readonly Shape[], target?: Shape) => Shape | string;
  /** The result's elements, computed in float64. This is the primitive's definition. */
  readonly value: (shape: Shape, ...inputs: readonly Matrix[]) => Float64Array;
  /** (y, ȳ, x…) ↦ x̄…; `undefined` where y is locally constant in that argument. */
  readonly rule: (y: Node, yBar: Node, ...x: Node[]) => readonly (Node | undefined)[];
  /** The same in terms of other primitives, for executors that have no kernel for this one. */
  readonly composition?: (...x: Node[]) => Node;
}

interface Common {
  /** Grows with every node made, so that a node's parents always have smaller numbers. */
  readonly id: number;
  readonly shape: Shape;
}

/** A leaf whose value is given when the program runs. */
export interface Variable extends Common {
  readonly kind: "variable";
  readonly name: string;
  /** How an engine stores it: `byte` for whole numbers from 0 to 255, such as pixels. */
  readonly storage: "real" | "byte";
}

/** A leaf whose value is part of the program. */
export interface Constant extends Common {
  readonly kind: "constant";
  readonly value: Matrix;
}

/** y = primitive(x…) */
export interface Application extends Common {
  readonly kind: "application";
  readonly name: string;
  readonly primitive: Primitive;
  readonly inputs: readonly Node[];
}

/** What functions take and return: it describes a value, a matrix of its `shape`, and holds none. */
export type Node = Variable | Constant | Application;

/** What builders take: a node, or a number that stands for the 1×1 constant. */
export type Operand = Node | number;

/** The arguments of an operation do not fit together. The message names operation, argument and shapes. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

let count = 0;

/**
 * A variable of this shape, named x and stored as a real number in each element unless `options` say otherwise.
 * Throws a RangeError if the shape or the storage is not a possible one, and a TypeError if the name is not a string.
 */
export function variable(
  shape: Shape,
  options: { name?: string; storage?: Variable["storage"] } = {},
): Variable {
  expectShape("variable", shape);
  expectObject("variable: the options", options, 'an object, such as { name: "w" }');
  const { name = "x", storage = "real" } = options;
  expectText("variable: the name", name);
  if (storage !== "real" && storage !== "byte") {
    throw new RangeError(
      `variable: the storage of ${name} should be "real" or "byte", not ${shown(storage)}`,
    );
  }
  return { kind: "variable", id: count++, shape, name, storage };
}

/**
 * A number or matrix as a node, which keeps a copy of it. Throws a TypeError if it is neither, and a
 * RangeError if a matrix has not as many elements as its shape takes.
 */
export function constant(value: number | Matrix): Constant {
  if (typeof value !== "number") {
    expectMatrix("constant: the value", value, "a number, or a matrix such as matrix([[1, 2]])");
  }
  const held = typeof value === "number" ? matrixOf([1, 1], Float64Array.of(value)) : copyOf(value);
  return { kind: "constant", id: count++, shape: held.shape, value: held };
}

/**
 * The node y = primitive(operands…). Throws a {@link ShapeError} if the shapes do not fit, a RangeError if
 * `target` is not a shape, and a TypeError if an operand is neither a node nor a number.
 */
export function apply(
  name: string,
  primitive: Primitive,
  operands: readonly Operand[],
  target?: Shape,
): Application {
  const inputs = toNodes(name, operands);
  if (target !== undefined) expectShape(name, target);
  const shapes = inputs.map((input) => input.shape);
  const shape = primitive.shape(shapes, target);
  if (typeof shape === "string") {
    throw new ShapeError(`${name}(${shapes.map(show).join(", ")}): ${shape}`);
  }
  return { kind: "application", id: count++, shape, name, primitive, inputs };
}

export function isNode(x: unknown): x is Node {
  return typeof x === "object" && x !== null && "kind" in x && KINDS.has(x.kind);
}

const KINDS: ReadonlySet<unknown> = new Set<Node["kind"]>(["variable", "constant", "application"]);

/** The arguments of an operation as nodes. */
export function toNodes(operation: string, operands: readonly Operand[]): Node[] {
  return operands.map((operand, k) => toNode(operand, `${operation}: argument ${k + 1}`));
}

/** The operand as a node. Throws a TypeError that begins with its description if it cannot be one. */
export function toNode(operand: Operand, description: string): Node {
  if (typeof operand === "number") return constant(operand);
  expectNode(operand, description);
  return operand;
}

/** Throws a TypeError unless all arguments of an operation are nodes: for what looks at their shapes. */
export function expectNodes(operation: string, ...operands: readonly unknown[]): void {
  for (const [k, x] of operands.entries()) expectNode(x, `${operation}: argument ${k + 1}`);
}

/** Throws a TypeError that begins with its description if something is not a node. */
export function expectNode(x: unknown, description: string): asserts x is Node {
  if (isNode(x)) return;
  throw new TypeError(`${description} should be a node, not ${given(x)}${wayToNode(x)}`);
}

/** Throws a TypeError that begins with its description if something is not a variable. */
export function expectVariable(x: unknown, description: string): asserts x is Variable {
  if (isNode(x) && x.kind === "variable") return;
  throw unexpected(description, "a variable", x);
}

/** How something becomes a node, as the end of a sentence. */
function wayToNode(x: unknown): string {
  if (Array.isArray(x) || isNumbers(x)) return ": make it a matrix, and wrap that in constant(…)";
  return isMatrix(x) ? ": wrap it in constant(…)" : "";
}
