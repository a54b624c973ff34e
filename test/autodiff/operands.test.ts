/** What is neither a node nor a number, where one of these is wanted. */
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  columns,
  constant,
  definePrimitive,
  elementwise,
  evaluate,
  exp,
  grad,
  hvp,
  j,
  jvp,
  type Matrix,
  matmul,
  matrix,
  max,
  multiply,
  type Node,
  scatterColumns,
  sum,
  valueAndGrad,
  variable,
  vec,
} from "../../src/autodiff/index.js";

const x = variable([2, 2]);
const held = matrix([
  [1, 2],
  [3, 4],
]);
/** As callers without types would pass it. */
const wrong = (value: unknown) => value as Node;
const WRAP = /a matrix: wrap it in constant\(…\)$/;

function messageOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return expect.fail("nothing is thrown");
}

describe("a matrix in place of a node is named, with what to do about it:", () => {
  const twice = definePrimitive<[Node]>({
    name: "twice",
    value: elementwise((x) => 2 * (x as number)),
    rule: (_, yBar) => [multiply(2, yBar)],
  });
  test.each<[string, (x: Node) => Node]>([
    ["exp: argument 1", exp],
    ["add: argument 1", (m) => add(m, x)],
    ["add: argument 2", (m) => add(1, m)],
    ["matmul: argument 2", (m) => matmul(x, m)],
    ["broadcast: argument 1", (m) => broadcast(m, [2, 2])],
    ["sum: argument 1", (m) => sum(m)],
    ["max: argument 1", (m) => max(m, [2, 2])],
    ["columns: argument 2", (m) => columns(x, m)],
    ["scatterColumns: argument 1", (m) => scatterColumns(m, constant(0), [2, 2])],
    ["twice: argument 1", twice],
  ])("%s", (place, build) => {
    const message = messageOf(() => build(wrong(held)));
    expect(message).toMatch(WRAP);
    expect(message.startsWith(`${place} should be a node`)).toBe(true);
  });
});

describe("anything else is named by its kind:", () => {
  test.each<[string, unknown]>([
    ["not undefined", undefined],
    ["not null", null],
    ["not a string", "1"],
    ["not a boolean", true],
    ["not a function", exp],
    ["not an array: make it a matrix, and wrap that in constant(…)", [[1, 2]]],
    ["not a Float64Array: make it a matrix, and wrap that in constant(…)", new Float64Array(4)],
    ["not an object", { value: 1 }],
    ["not an object", { kind: "kitten" }],
  ])("%s", (kind, value) => {
    expect(messageOf(() => exp(wrong(value)))).toBe(`exp: argument 1 should be a node, ${kind}`);
  });

  test.each<unknown>([[1, 2], "a", null, undefined, { shape: [1, 1] }])(
    "and is no constant: %j",
    (value) => {
      expect(() => constant(wrong(value) as unknown as number)).toThrow(
        /^constant: the value should be a number, or a matrix/,
      );
    },
  );

  test("an argument that is missing", () => {
    const addOne = add as unknown as (x: Node) => Node;
    expect(messageOf(() => addOne(x))).toBe("add: argument 2 should be a node, not undefined");
  });
});

describe("where arguments have structure, its place in them is named:", () => {
  const square = ({ w }: { readonly w: Node }) => sum(multiply(w, w));
  const at = (w: unknown) => ({ w: wrong(w) });
  test.each<[string, () => unknown]>([
    ["grad: x[0].w", () => grad(square)(at(held))],
    ["grad: x[1][0]", () => valueAndGrad((x: Node, _: Node[]) => sum(x))(x, [wrong(held)])],
    ["j: x[0].w", () => j(square)(1, 1, at(held))],
    ["j: y", () => j(square)(wrong(held), 1, { w: x })],
    ["j: ȳ", () => j(square)(1, wrong(held), { w: x })],
    ["jvp: x[0]", () => jvp(exp)(wrong(held), x)],
    ["jvp: ẋ[0]", () => jvp(exp)(x, wrong(held))],
    ["hvp: v[0].w", () => hvp(square)({ w: x }, at(held))],
    ["vec: x[1]", () => vec([x, wrong(held)])],
    ["evaluate: outputs[1]", () => evaluate([x, wrong(held)], new Map([[x, held]]))],
    ["f(x)", () => j((_: Node) => wrong(held))(1, 1, x)],
  ])("%s", (place, call) => {
    const message = messageOf(call);
    expect(message).toMatch(WRAP);
    expect(message.startsWith(`${place} should be a node`)).toBe(true);
  });

  test.each([undefined, null, "1", new Float64Array(3)])("also where it is %s", (value) => {
    expect(messageOf(() => grad(square)(at(value)))).toMatch(
      /^grad: x\[0\]\.w should be a node, not/,
    );
  });

  test("a function that returns nothing", () => {
    expect(messageOf(() => j((_: Node) => wrong(undefined))(1, 1, x))).toBe(
      "f(x) should be a node, not undefined",
    );
  });

  test("a rule that gives a matrix", () => {
    const rule = () => [wrong(held)];
    const odd = definePrimitive({ name: "odd", value: elementwise(Math.cbrt), rule });
    expect(messageOf(() => grad((x: Node) => sum(odd(x)))(x))).toMatch(
      /^odd: its rule's x̄ for argument 1 should be a node, not a matrix/,
    );
  });
});

describe("a variable is refused", () => {
  test.each([
    [{ storage: "foo" }, RangeError, 'the storage of x should be "real" or "byte", not "foo"'],
    [{ name: 3 }, TypeError, "variable: the name should be a string, not a number"],
    ["w", TypeError, 'variable: the options should be an object, such as { name: "w" }, not a str'],
    [null, TypeError, "variable: the options should be an object"],
  ])("with %j", (options, kind, message) => {
    const make = () => variable([1, 1], options as { name?: string });
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });
});

test("numbers stand for 1×1 constants, in structures too", () => {
  const value = evaluate(add(1, exp(0))) as Matrix;
  expect([...value.data]).toEqual([2]);
  const [xBar] = grad((x: readonly Node[]) => multiply(x[0] as Node, 3))([2] as unknown as Node[]);
  expect([...evaluate(xBar as Node).data]).toEqual([3]);
});
