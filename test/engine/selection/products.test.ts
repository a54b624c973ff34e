/** Which expressions become one product, C ← βC ± αAB. */
import { describe, expect, test } from "vitest";
import {
  add,
  exp,
  matmul,
  multiply,
  type Node,
  negate,
  subtract,
  transpose,
  variable,
} from "../../../src/autodiff/index.js";
import { productOf } from "../../../src/engine/selection/products.js";

const [w, b, delta, a] = [
  variable([5, 4], { name: "w" }),
  variable([5, 3], { name: "b" }),
  variable([5, 3], { name: "δ" }),
  variable([4, 3], { name: "a" }),
];
const [eta, decay] = [variable([1, 1], { name: "η" }), variable([1, 1], { name: "decay" })];
const other = variable([4, 3]);
const [aT, wT] = [transpose(a), transpose(w)];
const gradient = () => matmul(delta, aT);
const always = () => true;

const plain = (node: Node) => ({ node, transposed: false });
const transposed = (node: Node) => ({ node, transposed: true });

describe("a product absorbs", () => {
  test("nothing in A B", () => {
    expect(productOf(matmul(w, a), always)).toEqual({ a: plain(w), b: plain(a), sign: 1 });
  });

  test("transposed operands", () => {
    const y = matmul(wT, delta);
    expect(productOf(y, always)).toEqual({ a: transposed(w), b: plain(delta), sign: 1 });
  });

  test("the sign of −(A B)", () => {
    expect(productOf(negate(matmul(w, a)), always)?.sign).toBe(-1);
    expect(productOf(negate(negate(matmul(w, a))), always)?.sign).toBe(1);
  });

  test("w − η δ aᵀ", () => {
    const factors = { a: plain(delta), b: transposed(a), sign: -1, alpha: eta, base: w };
    expect(productOf(subtract(w, multiply(eta, gradient())), always)).toEqual(factors);
    expect(productOf(subtract(w, multiply(gradient(), eta)), always)).toEqual(factors);
    expect(productOf(add(w, negate(multiply(eta, gradient()))), always)).toEqual(factors);
  });

  test("(1 − ηλ/n) w − η δ aᵀ", () => {
    const y = subtract(multiply(decay, w), multiply(eta, gradient()));
    expect(productOf(y, always)).toEqual({
      ...{ a: plain(delta), b: transposed(a), sign: -1 },
      ...{ alpha: eta, base: w, beta: decay },
    });
  });

  test("b + w a and w a + b", () => {
    const sum = { a: plain(w), b: plain(a), sign: 1, base: b };
    expect(productOf(add(b, matmul(w, a)), always)).toEqual(sum);
    expect(productOf(add(matmul(w, a), b), always)).toEqual(sum);
  });

  test("one of two products that are added", () => {
    const [first, second] = [matmul(w, a), matmul(w, other)];
    const product = productOf(add(first, second), always);
    expect(product).toMatchObject({ base: first, b: plain(other) });
  });
});

describe("a product does not absorb", () => {
  test("w a − b, as a base cannot be subtracted from it", () => {
    expect(productOf(subtract(matmul(w, a), b), always)).toBeUndefined();
  });

  test("itself where it is used twice", () => {
    const product = matmul(w, a);
    const once = (node: Node) => node !== product;
    expect(productOf(add(b, product), once)).toBeUndefined();
    expect(productOf(negate(product), once)).toBeUndefined();
    expect(productOf(multiply(eta, product), once)).toBeUndefined();
    expect(productOf(product, once)).toBeDefined();
  });

  test("a scaled base that is used twice: it is the base as it is", () => {
    const kept = multiply(decay, w);
    const product = productOf(subtract(kept, gradient()), (node) => node !== kept);
    expect(product?.base).toBe(kept);
    expect(product).not.toHaveProperty("beta");
  });

  test("a second factor, or one for each element", () => {
    expect(productOf(multiply(decay, multiply(eta, gradient())), always)).toBeUndefined();
    expect(productOf(multiply(variable([5, 1]), gradient()), always)).toBeUndefined();
  });

  test("other operations", () => {
    expect(productOf(exp(matmul(w, a)), always)).toBeUndefined();
    expect(productOf(add(b, delta), always)).toBeUndefined();
    expect(productOf(w, always)).toBeUndefined();
  });
});
