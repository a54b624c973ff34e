/** Optimisers written out number by number, as their papers have them. */
import type { OptimiserName, Settings } from "../../src/training/index.js";
import type { PlainNetwork } from "./backpropagation.js";

export interface Rates
  extends Pick<Settings, "optimizer" | "lambda" | "l1" | "momentum" | "maxNorm"> {
  readonly eta: number;
  readonly n: number;
}

/** A number of θ, and what is kept for it. */
interface Kept {
  readonly x: number;
  readonly m: number;
  readonly v: number;
}

/** Step t, from 1, with the gradient of the whole cost. */
type Step = (kept: Kept, bar: number, rates: Rates, t: number) => Kept;

const steps: Record<OptimiserName, Step> = {
  // Nielsen's (107) and (108), of which (91) to (93) are the case μ = 0.
  sgd({ x, m, v }, bar, { eta, momentum }) {
    const velocity = momentum * v - eta * bar;
    return { x: x + velocity, m, v: velocity };
  },
  // Sutskever's (3) and (4), the gradient being that at x = θ + μ v.
  nesterov({ x, m, v }, bar, { eta, momentum }) {
    const theta = x - momentum * v;
    const velocity = momentum * v - eta * bar;
    return { x: theta + velocity + momentum * velocity, m, v: velocity };
  },
  // Kingma and Ba's algorithm 1.
  adam({ x, m, v }, bar, { eta }, t) {
    const mNext = 0.9 * m + (1 - 0.9) * bar;
    const vNext = 0.999 * v + (1 - 0.999) * bar ** 2;
    const [mHat, vHat] = [mNext / (1 - 0.9 ** t), vNext / (1 - 0.999 ** t)];
    return { x: x - (eta * mHat) / (Math.sqrt(vHat) + 1e-8), m: mNext, v: vNext };
  },
  // Keras 2.3.1, RMSprop.get_updates, without momentum.
  rmsprop({ x, m, v }, bar, { eta }) {
    const vNext = 0.9 * v + (1 - 0.9) * bar ** 2;
    return { x: x - (eta * bar) / (Math.sqrt(vNext) + 1e-7), m, v: vNext };
  },
};

/** Trains a network step by step; `step` is given the gradient of C₀, without regularisation. */
export class PlainOptimiser {
  theta: PlainNetwork;
  #kept = new Map<string, Kept>();
  #t = 0;
  readonly #rates: Rates;

  constructor(theta: PlainNetwork, rates: Rates) {
    this.theta = theta;
    this.#rates = rates;
  }

  step(gradient: PlainNetwork): void {
    const { lambda, l1, n, maxNorm = Number.POSITIVE_INFINITY } = this.#rates;
    // The gradient of λ/2n Σ w² + λ₁/n Σ |w|.
    const penalty = (x: number) => (lambda / n) * x + (l1 / n) * Math.sign(x);
    this.#t++;
    this.theta = this.theta.map(({ w, b }, l) => ({
      w: w.map((row, j) => {
        const next = row.map((x, k) =>
          this.#move(`${l} ${j} ${k}`, x, gradient[l]!.w[j]![k]! + penalty(x)),
        );
        const norm = Math.hypot(...next);
        return norm > maxNorm ? next.map((x) => (x * maxNorm) / norm) : next;
      }),
      b: b.map((x, j) => this.#move(`${l} ${j}`, x, gradient[l]!.b[j]!)),
    }));
  }

  #move(key: string, x: number, bar: number): number {
    const { m, v } = this.#kept.get(key) ?? { m: 0, v: 0 };
    const next = steps[this.#rates.optimizer]({ x, m, v }, bar, this.#rates, this.#t);
    this.#kept.set(key, next);
    return next.x;
  }
}
