/** What is computed, and what is not because others compute it on the way. */
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  columns,
  divide,
  exp,
  greater,
  matmul,
  maximum,
  multiply,
  type Node,
  negate,
  subtract,
  sum,
  transpose,
  variable,
} from "../../../src/autodiff/index.js";
import { sameShape } from "../../../src/autodiff/matrix.js";
import { select } from "../../../src/engine/selection/select.js";
import { assigned, instructionsOf, oneValuePerForm, stagesOf, stepOf } from "../stages.js";

const [w, a, b] = [variable([5, 4]), variable([4, 3]), variable([5, 1])];
const images = variable([20, 30], { storage: "byte" });
const indicesOf = (count: number) => variable([1, count]);

const kernelsOf = (ys: readonly Node[], skipsZeros = true, variables: readonly Node[] = []) =>
  select(ys, skipsZeros, oneValuePerForm(), variables).instructions.map(({ kernel }) => kernel);

describe("not computed is", () => {
  test("a transpose that only products use", () => {
    const x = exp(a);
    expect(kernelsOf([matmul(w, x), matmul(transpose(x), transpose(w))])).toEqual(
      expect.not.arrayContaining(["transpose"]),
    );
  });

  test("a broadcast that only elementwise operations use", () => {
    expect(kernelsOf([add(matmul(w, a), exp(broadcast(b, [5, 3])))]).sort()).toEqual([
      "exp",
      "gemm",
    ]);
    expect(kernelsOf([multiply(exp(w), b)])).toEqual(["exp", "multiply"]);
  });

  test("a product, its factor, its sign and its base one by one", () => {
    const eta = variable([1, 1]);
    const y = subtract(multiply(0.9, w), multiply(eta, negate(matmul(w, matmul(a, transpose(a))))));
    expect(kernelsOf([y], true, [w])).toEqual(["gemm", "gemm"]);
  });

  test("the base of a product in its place, where that keeps its value or has another", () => {
    const y = add(multiply(0.9, w), matmul(w, matmul(a, transpose(a))));
    const apart = ["add", "gemm", "gemm", "multiply"];
    expect(kernelsOf([y]).sort()).toEqual(apart);
    expect(kernelsOf([y], true, [variable(w.shape)]).sort()).toEqual(apart);
    const long = matmul(variable([5, 257]), variable([257, 4]));
    expect(kernelsOf([add(multiply(0.9, w), long)])).toEqual(["gemm"]);
    expect(kernelsOf([add(w, matmul(w, matmul(a, transpose(a))))])).toEqual(["gemm", "gemm"]);
  });

  test("what no output needs", () => {
    const y = exp(a);
    expect(kernelsOf([y])).toEqual(["exp"]);
    expect(kernelsOf([y, sum(y)])).toEqual(["exp", "sumAll"]);
  });
});

describe("computed is", () => {
  test("a transpose that something else needs too, once", () => {
    const t = transpose(a);
    expect(kernelsOf([matmul(a, t), exp(t), sum(t)]).sort()).toEqual([
      "exp",
      "gemm",
      "sumAll",
      "transpose",
    ]);
  });

  test("a broadcast that a product or an output needs", () => {
    expect(kernelsOf([broadcast(b, [5, 3])])).toEqual(["copy"]);
    expect(kernelsOf([matmul(broadcast(b, [5, 5]), w)])).toEqual(["copy", "gemm"]);
  });

  test("a product once that has two uses", () => {
    const product = matmul(w, a);
    expect(kernelsOf([add(product, b), negate(product)]).filter((k) => k === "gemm")).toHaveLength(
      1,
    );
  });
});

describe("a product with a batch of images", () => {
  const batchOf = (count: number) => columns(images, indicesOf(count));

  test("goes through the lists of its non-zero pixels", () => {
    expect(kernelsOf([matmul(variable([6, 20]), batchOf(10))])).toEqual([
      "listSamples",
      "sparseProduct",
    ]);
  });

  test("transposed is a sum of outer products, or goes through lists by pixel where it is large", () => {
    const gradientOf = (rows: number, count: number) =>
      matmul(variable([rows, count]), transpose(batchOf(count)));
    expect(kernelsOf([gradientOf(6, 2)])).toEqual(["listSamples", "sparseOuter"]);
    expect(kernelsOf([gradientOf(200, 10)])).toEqual([
      "listSamples",
      "listPixels",
      "sparseAccumulate",
    ]);
    expect(kernelsOf([gradientOf(60, 200)])).toEqual([
      "listSamples",
      "listPixels",
      "sparseProduct",
    ]);
  });

  test("is dense where zeros are not skipped, or where the batch is on the left", () => {
    const product = matmul(variable([6, 20]), batchOf(10));
    expect(kernelsOf([product], false)).toEqual(["gatherByteColumns", "gemm"]);
    expect(kernelsOf([matmul(batchOf(10), variable([10, 2]))])).toEqual([
      "gatherByteColumns",
      "gemm",
    ]);
  });

  test("under a mask goes through lists in the gradient, where this changes no bits", () => {
    const masked = (count: number) => multiply(batchOf(count), greater(variable([20, count]), 0.5));
    const gradientOf = (count: number) =>
      kernelsOf([matmul(variable([6, count]), transpose(masked(count)))]);
    for (const count of [1, 10, 256]) {
      expect(gradientOf(count).slice(-3)).toEqual(["listColumns", "listPixels", "sparseOrDense"]);
    }
    expect(gradientOf(257)).toContain("gemm");
    expect(kernelsOf([matmul(variable([6, 20]), masked(10))])).toContain("gemm");
  });

  test("does not hide the batch from others that need its elements", () => {
    const batch = batchOf(30);
    expect(kernelsOf([matmul(variable([6, 20]), batch), exp(batch)]).sort()).toEqual([
      "exp",
      "gatherByteColumns",
      "listSamples",
      "sparseProduct",
    ]);
  });
});

describe("a large product with what may hold many zeros", () => {
  const [w, z] = [variable([70, 80]), variable([80, 90])];
  const a = maximum(z, 0);

  test("goes through lists where it holds many", () => {
    expect(kernelsOf([matmul(w, a)])).toEqual(["maximum", "listColumns", "sparseOrDense"]);
  });

  test("and is transposed, goes through lists by row", () => {
    const delta = variable([70, 90]);
    expect(kernelsOf([matmul(delta, transpose(a))])).toEqual([
      ...["maximum", "listColumns", "listPixels", "sparseOrDense"],
    ]);
  });

  test("goes through lists with a transposed first factor, too, unless its sums are very long", () => {
    const masked = multiply(variable([70, 90]), greater(variable([70, 90]), 0));
    expect(kernelsOf([matmul(transpose(w), masked)]).sort()).toEqual([
      ...["greater", "listColumns", "multiply", "sparseOrDense"],
    ]);
    const long = maximum(variable([8193, 90]), 0);
    expect(kernelsOf([matmul(transpose(variable([8193, 80])), long)])).toContain("gemmTransposed");
  });

  test("is dense where it is small, where zeros are not skipped, or where few are to be expected", () => {
    const few = maximum(variable([80, 10]), 0);
    expect(kernelsOf([matmul(w, few)])).toContain("sparseOrDense");
    expect(kernelsOf([matmul(transpose(variable([80, 70])), few)])).toContain("gemmTransposed");
    expect(kernelsOf([matmul(variable([70, 10]), transpose(few))])).toContain("gemm");
    expect(kernelsOf([matmul(variable([60, 80]), a)])).toEqual(["maximum", "gemm"]);
    expect(kernelsOf([matmul(w, a)], false)).toEqual(["maximum", "gemm"]);
    expect(kernelsOf([matmul(w, exp(a))])).toEqual(["maximum", "exp", "gemm"]);
  });
});

test("bytes that are used in another way than by columns are first made floats, once", () => {
  expect(kernelsOf([multiply(2, images), exp(images)]).sort()).toEqual([
    "exp",
    "gatherByteColumns",
    "multiply",
  ]);
});

describe("a training step of [784, 30, 10]", () => {
  const variants = [
    { batchSize: 1, some: {} },
    { batchSize: 10, some: { cost: "softmax" } as const },
    { batchSize: 10, some: { lambda: 5, cost: "quadratic" } as const },
    { batchSize: 40, some: { lambda: 5, activation: "relu" } as const },
  ];

  test.each(variants)("writes out no gradient of weights ($batchSize, $some)", (variant) => {
    const { program, weights } = stepOf(variant.batchSize, variant.some);
    const { scheduled, allocation } = stagesOf(program);
    for (const w of weights) {
      const written = instructionsOf(allocation).filter(
        ({ result }) => result.form === "matrix" && sameShape(result.node.shape, w.shape),
      );
      expect(written).toHaveLength(1);
      expect(written.map(({ result }) => scheduled.inPlace.get(result)?.node)).toEqual([w]);
    }
  });

  test.each(variants)("never writes out the batch, nor scales it ($batchSize)", (variant) => {
    const { program, images } = stepOf(variant.batchSize, variant.some);
    const { instructions, leaves } = stagesOf(program).selection;
    const ofBatch = instructions.filter(({ result }) =>
      sameShape(result.node.shape, [784, variant.batchSize]),
    );
    expect(ofBatch.filter(({ result }) => result.form === "matrix")).toEqual([]);
    expect(leaves.filter(({ node }) => node === images).map(({ form }) => form)).toEqual(["lists"]);
  });

  test.each(variants)("skips zeros in both products of the first layer ($batchSize)", (variant) => {
    const { instructions } = stagesOf(stepOf(variant.batchSize, variant.some).program).selection;
    const count = (kernel: RegExp) =>
      instructions.filter((each) => kernel.test(each.kernel)).length;
    expect(count(/^sparse/)).toBe(2);
    // W² a¹, W²ᵀ δ² and δ² a¹ᵀ
    expect(count(/^gemm/)).toBe(3);
  });
});

test("a scaled batch is as sparse as an unscaled one once factors are moved out", () => {
  const batch = divide(columns(images, indicesOf(10)), 255);
  const { selection } = stagesOf(assigned([matmul(variable([6, 20]), batch)]));
  expect(selection.instructions.map(({ kernel }) => kernel)).toEqual([
    "listSamples",
    "sparseProduct",
  ]);
});
