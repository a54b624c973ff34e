/** Reverse-mode automatic differentiation: nodes, the table of primitives, j, and the interpreter. */
export {
  type ArgumentValues,
  type CheckOptions,
  checkGradient,
  type GradientCheck,
  GradientError,
} from "./check.js";
export { type Definition, definePrimitive, elementwise } from "./define.js";
export { type Bindings, type EvaluateOptions, evaluate } from "./evaluate.js";
export { IndependenceError } from "./expectations.js";
export { NonFiniteError } from "./finite.js";
export { inOrder, parents, rewrite, share, substitute, topologicalOrder } from "./graph.js";
export { hessian, hvp } from "./hessian.js";
export { interpreter } from "./interpreter.js";
export { type Bars, grad, j, type Vjp, valueAndGrad } from "./j.js";
export { jacobian, vec } from "./jacobian.js";
export { type Directions, jvp } from "./jvp.js";
export {
  column,
  type Elements,
  type Matrix,
  matrix,
  matrixOf,
  type Shape,
  sameShape,
  size,
} from "./matrix.js";
export {
  type Application,
  apply,
  type Constant,
  constant,
  type Node,
  type Operand,
  type Primitive,
  ShapeError,
  type Variable,
  variable,
} from "./node.js";
export * from "./primitives.js";
export type { Assignment, Executor, Program, Session } from "./program.js";
export type { Like, Tree } from "./tree.js";
