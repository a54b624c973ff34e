/** The other extreme: derivatives from values alone, by finite differences. */
import {
  type Bindings,
  constant,
  evaluate,
  type Matrix,
  type Node,
  parents,
  substitute,
  topologicalOrder,
  type Variable,
} from "../autodiff/index.js";
import { generator, shuffle } from "../random.js";
import { magnitude } from "./agreement.js";

/** What the largest difference from the exact derivative may be, relative to the largest of these. */
export const DIFFERENCES_BOUND = 1e-6;

/** The elements of one matrix that are tried at most, drawn at random from larger ones. */
const LARGEST_SAMPLE = 250;

/**
 * The step h of the rule of fourth order
 *
 *     f'(x) ≈ (8 (f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12 h,
 *
 * whose error, h⁴ from the fifth derivative and ε/h from rounding, is least where h is about ⁵√ε. An
 * element that disagrees is tried again with smaller steps: a kink of max may lie in between.
 */
const STEPS = [1, 0.1, 0.01].map((part) => part * Number.EPSILON ** (1 / 5));

/** Roundings that f may have seen, each of ε in parts of its terms. */
const ROUNDINGS = 100;

export interface Differences {
  /** The largest |x̄ − difference|, relative to the largest |x̄| (or to what rounding hides, if more). */
  readonly largest: number;
  /** How many elements were tried. */
  readonly elements: number;
  /** How often f was evaluated. */
  readonly evaluations: number;
}

/**
 * Compares x̄ with finite differences of the scalar f, element by element or for a seeded sample.
 *
 * @param onElement is called after each element
 */
export function finiteDifferences(
  f: Node,
  x: Variable,
  xBar: Matrix,
  values: ReadonlyMap<Variable, Matrix>,
  seed: number,
  onElement: () => void = () => {},
): Differences {
  const { data, shape } = values.get(x) as Matrix;
  const moved = Float64Array.from(data);
  const bindings = new Map(values).set(x, { shape, data: moved });
  const ofX = alone(f, x, values);
  let evaluations = 0;
  const at = (i: number, offset: number): number => {
    moved[i] = data[i]! + offset;
    const value = evaluate(ofX, bindings).data[0] as number;
    moved[i] = data[i]!;
    evaluations++;
    return value;
  };
  const terms = evaluate(magnitude(f), values).data[0] as number;
  const rounding = ROUNDINGS * Number.EPSILON * terms;
  const scale = Float64Array.from(xBar.data).reduce(
    (most, each) => Math.max(most, Math.abs(each)),
    0,
  );
  const relative = (i: number, h: number): number => {
    const near = at(i, h) - at(i, -h);
    const far = at(i, 2 * h) - at(i, -2 * h);
    const difference = Math.abs((8 * near - far) / (12 * h) - xBar.data[i]!);
    return difference === 0 ? 0 : difference / Math.max(scale, rounding / h / DIFFERENCES_BOUND);
  };
  const elements = sample(data.length, x.name, seed);
  let largest = 0;
  for (const i of elements) {
    let found = Number.POSITIVE_INFINITY;
    for (const h of STEPS) {
      found = Math.min(found, relative(i, h));
      if (found <= DIFFERENCES_BOUND) break;
    }
    largest = Math.max(largest, found);
    onElement();
  }
  return { largest, elements: elements.length, evaluations };
}

/** f with constants for what does not depend on x, which is computed once and not for each element. */
function alone(f: Node, x: Variable, values: Bindings): Node {
  const moving = new Set<Node>([x]);
  const fixed = new Set<Node>();
  for (const node of topologicalOrder([f])) {
    if (!parents(node).some((parent) => moving.has(parent))) continue;
    moving.add(node);
    for (const parent of parents(node)) if (!moving.has(parent)) fixed.add(parent);
  }
  const results = [...fixed].filter(({ kind }) => kind === "application");
  const constants = evaluate(results, values).map(constant);
  const [ofX] = substitute([f], new Map(results.map((node, k) => [node, constants[k] as Node])));
  return ofX as Node;
}

/** How many elements of so many are tried. */
export function sampleSize(count: number): number {
  return Math.min(count, LARGEST_SAMPLE);
}

function sample(count: number, name: string, seed: number): number[] {
  const indices = Array.from({ length: count }, (_, i) => i);
  if (count <= LARGEST_SAMPLE) return indices;
  shuffle(generator(seed, `differences of ${name}`), indices);
  return indices.slice(0, LARGEST_SAMPLE);
}
