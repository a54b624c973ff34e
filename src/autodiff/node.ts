/**
 * The nodes of the computational graph. A node is a variable, a constant, or a primitive applied to
 * its parent nodes. Nodes hold no values: a graph is a program, which `evaluate` or an engine runs.
 */
import { copyOf, type Matrix, matrixOf, type Shape, show } from "./matrix.js";

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

export type Node = Variable | Constant | Application;

/** What builders take: a node, or a number that stands for the 1×1 constant. */
export type Operand = Node | number;

/** The arguments of an operation do not fit together. The message names operation, argument and shapes. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

let count = 0;

export function variable(
  shape: Shape,
  { name = "x", storage = "real" }: { name?: string; storage?: Variable["storage"] } = {},
): Variable {
  return { kind: "variable", id: count++, shape, name, storage };
}

/** A number or matrix as a node, which keeps a copy of it. */
export function constant(value: number | Matrix): Constant {
  const held = typeof value === "number" ? matrixOf([1, 1], Float64Array.of(value)) : copyOf(value);
  return { kind: "constant", id: count++, shape: held.shape, value: held };
}

/** The node y = primitive(inputs…). Throws a {@link ShapeError} if the shapes do not fit. */
export function apply(
  name: string,
  primitive: Primitive,
  inputs: readonly Node[],
  target?: Shape,
): Application {
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

/** The operand as a node. */
export function toNode(operand: Operand): Node {
  return typeof operand === "number" ? constant(operand) : operand;
}
