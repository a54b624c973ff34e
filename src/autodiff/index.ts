/** Reverse-mode automatic differentiation: nodes, the table of primitives, j, and the interpreter. */

export { hessian, hvp } from "./calculus/hessian.js";
export { jacobian, vec } from "./calculus/jacobian.js";
export { type Directions, jvp } from "./calculus/jvp.js";
export { checkedExecutor } from "./checking/executor.js";
export { IndependenceError } from "./checking/expect.js";
export { NonFiniteError } from "./checking/finite.js";
export {
  type ArgumentValues,
  type CheckOptions,
  checkGradient,
  type GradientCheck,
  GradientError,
} from "./checking/gradient.js";
export { type Definition, definePrimitive, elementwise } from "./define.js";
export { type Bindings, type EvaluateOptions, evaluate } from "./evaluate.js";
export { parents, rewrite, share, substitute, topologicalOrder } from "./graph.js";
export { interpreter } from "./interpreter.js";
export { type Bars, grad, j, type Vjp, valueAndGrad } from "./j.js";
export {
  column,
  type Elements,
  type Matrix,
  matrix,
  matrixOf,
  type Shape,
} from "./matrix.js";
export {
  type Application,
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
export {
  type Equation,
  type EquationOptions,
  type Equations,
  equations,
} from "./printing/equations.js";
export { formula, type Notation } from "./printing/formula.js";
export { superscript } from "./printing/names.js";
export { type PrintOptions, print } from "./printing/print.js";
export type { Assignment, Executor, FirstValue, Program, Session } from "./program.js";
export type { Like, Tree } from "./tree.js";
