// A user's TypeScript against the published types; compiled, not run.
import { constant, evaluate, exp, grad, j, type Matrix, multiply, type Node } from "train-mnist";

const square = (x: Node): Node => multiply(x, x);
const slope: Node = grad(square)(constant(3));
const value: Matrix = evaluate(slope);
const xBar: Node = j(exp)(constant(1), 2, constant(0));
const both: { w: Node; b: Node } = grad((theta: { w: Node; b: Node }) =>
  multiply(theta.w, theta.b),
)({
  w: constant(1),
  b: constant(2),
});
// @ts-expect-error a function of one argument has one x̄, not a list
const wrong: Node[] = j(exp)(constant(1), 2, constant(0));

export { both, value, wrong, xBar };
