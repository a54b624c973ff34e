/**
 * Cost functions, by name. Each comes with the output units that belong to it, and takes their
 * weighted input z rather than their activation a, as the cross-entropies are only stable so.
 */
import { expectShapes } from "../autodiff/checking/expect.js";
import { divide, multiply, type Node, subtract, sum } from "../autodiff/index.js";
import { logSumExp, softmax, softplus } from "./log-sum-exp.js";
import type { CostName } from "./names.js";
import { sigmoid } from "./sigmoid.js";

export interface Cost {
  /** a^L from z^L, n×B. */
  readonly output: (z: Node) => Node;
  /**
   * The mean over the batch of each sample's cost, 1×1, for z^L and the desired outputs y, both n×B. Throws
   * a `ShapeError` if their shapes differ.
   */
  readonly cost: (z: Node, y: Node) => Node;
}

/** C = ½ ‖a − y‖², a = σ(z): Nielsen, Neural Networks and Deep Learning, eq. (6) and ch. 2. */
const quadratic: Cost = {
  output: sigmoid,
  cost: (z, y) => {
    const difference = subtract(sigmoid(z), y);
    return perSample(multiply(0.5, multiply(difference, difference)));
  },
};

/**
 * C = −Σ (y ln a + (1 − y) ln(1 − a)), a = σ(z): Nielsen, eq. (63). As ln a = −softplus(−z) and
 * ln(1 − a) = −softplus(z), each term is softplus(z) − y z.
 */
const crossEntropy: Cost = {
  output: sigmoid,
  cost: (z, y) => perSample(subtract(softplus(z), multiply(y, z))),
};

/**
 * C = −Σ y ln a, a = softmax(z): Nielsen, eqs. (78) and (80). As ln a = z − ln Σ exp z and the y of a
 * sample add up to 1, the sum is ln Σ exp z − Σ y z.
 */
const softmaxCrossEntropy: Cost = {
  output: softmax,
  cost: (z, y) => divide(subtract(sum(logSumExp(z)), sum(multiply(y, z))), z.shape[1]),
};

/** The costs by name, each with the output units that belong to it. */
export const costs: Readonly<Record<CostName, Cost>> = {
  quadratic: checked(quadratic),
  "cross-entropy": checked(crossEntropy),
  softmax: checked(softmaxCrossEntropy),
};

/** A cost that refuses z and y of different shapes, which would be broadcast to fit each other. */
function checked({ output, cost }: Cost): Cost {
  return {
    output,
    cost: (z, y) => {
      expectShapes("cost: y", [y], "z", [z]);
      return cost(z, y);
    },
  };
}

function perSample(terms: Node): Node {
  return divide(sum(terms), terms.shape[1]);
}
