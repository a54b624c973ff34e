/**
 * The four fundamental equations of backpropagation (Nielsen, Neural Networks and Deep Learning,
 * chapter 2), derived from the lines of the reverse sweep:
 *
 *     BP1  δ^L = ∇_a C ⊙ σ'(z^L)               BP3  ∂C/∂b^l = δ^l
 *     BP2  δ^l = ((w^(l+1))ᵀ δ^(l+1)) ⊙ σ'(z^l)   BP4  ∂C/∂w^l = δ^l (a^(l−1))ᵀ
 *
 * The costs that take z^L itself, the cross-entropies, have no ∇_a C in their program: for them BP1
 * is δ^L = a^L − y.
 */
import {
  type Equation,
  evaluate,
  type Matrix,
  matmul,
  multiply,
  type Node,
  subtract,
  transpose,
  type Variable,
  variable,
} from "../autodiff/index.js";
import { superscript } from "../autodiff/printing/names.js";
import { type Algebra, algebra, factorOrder } from "./algebra.js";
import { fold, logarithmRules, reciprocalRules, rename, unfold } from "./definitions.js";
import type { Layered } from "./network.js";
import { type Chain, derive, type Rule, rule, simplify } from "./rewriting.js";
import { factorsOf, is, keyOf, productOf } from "./terms.js";

export interface Derivation {
  readonly equation: "BP1" | "∇ₐC" | "BP2" | "BP3" | "BP4";
  /** l, counted from 1. */
  readonly layer: number;
  readonly chain: Chain;
  /** What σ'(z^l) turned out to be on the way, if it is part of the equation. */
  readonly sigmaPrime?: Equation;
}

/** A layer as the derivations see it: the symbols of the program, and the book's names. */
interface Layer {
  readonly l: number;
  readonly w: Variable;
  readonly b: Variable;
  readonly a: Variable;
  readonly zBar: Variable;
  /** Missing where C is composed of z^L rather than a^L. */
  readonly aBar: Variable | undefined;
  readonly delta: Variable;
  readonly sigmaPrime: Variable;
}

/** Derives all equations of the network, from BP1 at its end to BP4 of its first layer. */
export function deriveBackpropagation(network: Layered, rules: Algebra = algebra): Derivation[] {
  const layers = namedLayers(network);
  const error = (layer: Layer) =>
    layer.l < layers.length
      ? [errorOfHiddenLayer(network, layer, layers[layer.l] as Layer, rules)]
      : errorOfOutput(network, layer, rules);
  return layers
    .toReversed()
    .flatMap((layer) => [...error(layer), ...parameters(network, layer, layers[layer.l - 2])]);
}

function namedLayers({ layers, equations, values }: Layered): Layer[] {
  const { barOf, symbolOf } = equations;
  return layers.map(({ w, b, z, a }, index) => {
    const [l, zBar] = [index + 1, barOf(z) as Variable];
    const delta = variable(z.shape, { name: `δ${superscript(l)}` });
    const sigmaPrime = variable(z.shape, { name: `σ′(${symbolOf(z).name})` });
    values.set(delta, values.get(zBar) as Matrix);
    return { l, w, b, a: symbolOf(a), zBar, aBar: barOf(a), delta, sigmaPrime };
  });
}

/** BP2: δ^l = ((w^(l+1))ᵀ δ^(l+1)) ⊙ σ'(z^l) */
function errorOfHiddenLayer(
  network: Layered,
  layer: Layer,
  next: Layer,
  rules: Algebra,
): Derivation {
  const { l, delta, sigmaPrime, aBar } = layer;
  const goal = multiply(matmul(transpose(next.w), next.delta), sigmaPrime);
  const naming = nameSigmaPrime(network, layer, rules);
  const chain = derive(
    delta,
    goal,
    [
      ...collapse(network, layer, rules),
      ...naming.rules,
      unfoldBars(network, [aBar as Variable]),
      rename(next.zBar, next.delta),
    ],
    network.values,
  );
  return { equation: "BP2", layer: l, chain, ...naming.found };
}

/** BP1 as δ^L = ∇_a C ⊙ σ'(z^L), with ∇_a C; or, where C takes z^L itself, as δ^L = a^L − y. */
function errorOfOutput(network: Layered, layer: Layer, rules: Algebra): Derivation[] {
  const { l, delta, sigmaPrime, a, aBar } = layer;
  const { values, y } = network;
  const difference = subtract(a, y);
  const inside = [...collapse(network, layer, rules), ...identities(network, a)];
  if (aBar === undefined) {
    return [{ equation: "BP1", layer: l, chain: derive(delta, difference, inside, values) }];
  }
  const gradient = variable(y.shape, { name: "∇ₐC" });
  values.set(gradient, values.get(aBar) as Matrix);
  const naming = nameSigmaPrime(network, layer, rules);
  const error = derive(
    delta,
    multiply(gradient, sigmaPrime),
    [...collapse(network, layer, rules), ...naming.rules, rename(aBar, gradient)],
    values,
  );
  const start = [rename(gradient, aBar), unfoldBars(network, [aBar])];
  return [
    { equation: "BP1", layer: l, chain: error, ...naming.found },
    {
      equation: "∇ₐC",
      layer: l,
      chain: derive(gradient, difference, [...start, ...inside], values),
    },
  ];
}

/** BP3: ∂C/∂b^l = δ^l, and BP4: ∂C/∂w^l = δ^l (a^(l−1))ᵀ */
function parameters(network: Layered, layer: Layer, before: Layer | undefined): Derivation[] {
  const { l, w, b, delta, zBar } = layer;
  const { values, equations } = network;
  const derivation = (equation: "BP3" | "BP4", parameter: Variable, goal: Node): Derivation => {
    const bar = equations.barOf(parameter) as Variable;
    const left = variable(parameter.shape, { name: `∂C/∂${parameter.name}` });
    values.set(left, values.get(bar) as Matrix);
    const rules = [rename(left, bar), unfoldBars(network, [bar]), rename(zBar, delta)];
    return { equation, layer: l, chain: derive(left, goal, rules, values) };
  };
  return [
    derivation("BP3", b, delta),
    derivation("BP4", w, matmul(delta, transpose(before?.a ?? network.a0))),
  ];
}

/** From δ^l to ā^l ⊙ (…): the lines of the sweep between, and what algebra makes of them. */
function collapse(network: Layered, { delta, zBar }: Layer, rules: Algebra): Rule[] {
  const { adjoint, forward } = network.equations;
  return [
    rename(delta, zBar),
    unfoldBars(network, [zBar]),
    ...Object.values(rules),
    factorOrder([...adjoint, ...forward].map(({ symbol }) => symbol)),
    ...reciprocalRules(forward),
  ];
}

/** The steps from exponentials of z^L back to a^L: forward lines unfolded, and a^L recognised. */
function identities(network: Layered, a: Variable): Rule[] {
  const named = namedSymbols(network);
  const { forward } = network.equations;
  // What a floor gives is constant but for its jumps, and cancels.
  const lines = forward.filter(({ symbol, right }) => !named.has(symbol) && !is(right, "floor"));
  const definition = forward.find(({ symbol }) => symbol === a) as Equation;
  // Where a^L is a power of e, so must be what it is divided by.
  const logarithms = is(definition.right, "exp") ? logarithmRules(forward) : [];
  return [...logarithms, unfold(lines), fold(definition, lines)];
}

/** The factor by which z̄^l differs from ā^l gets its name, σ'(z^l), as z̄ = σ'(z) ⊙ ā. */
function nameSigmaPrime(network: Layered, layer: Layer, rules: Algebra) {
  const { delta, sigmaPrime } = layer;
  const aBar = layer.aBar as Variable;
  const factors = factorsOf(simplify(delta, collapse(network, layer, rules)));
  const others = factors.filter((factor) => factor !== aBar);
  if (others.length === 0 || others.length !== factors.length - 1) return { rules: [], found: {} };
  const right = productOf(others);
  network.values.set(sigmaPrime, evaluate(right, network.values));
  const key = keyOf(multiply(aBar, right));
  const name = rule([sigmaPrime, " := ", right], (part) =>
    is(part, "multiply") && keyOf(part) === key ? multiply(aBar, sigmaPrime) : undefined,
  );
  return { rules: [name], found: { sigmaPrime: { symbol: sigmaPrime, right } } };
}

/** Adjoints are written as their lines: those without a name of the book, and these. */
function unfoldBars({ layers, equations }: Layered, also: readonly Variable[]): Rule {
  const { adjoint, barOf } = equations;
  const kept = new Set(layers.flatMap(({ z, a }) => [barOf(z), barOf(a)]));
  for (const bar of also) kept.delete(bar);
  const lines = adjoint.filter(({ symbol }) => !kept.has(symbol)).reverse();
  return unfold(lines, ({ symbol }) => ["line of ", symbol]);
}

function namedSymbols({ layers, cost, equations }: Layered): Set<Node> {
  const nodes = [cost, ...layers.flatMap(({ z, a }) => [z, a])];
  return new Set(nodes.map((node) => equations.symbolOf(node)));
}
