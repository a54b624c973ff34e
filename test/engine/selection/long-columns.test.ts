/** Images of more pixels than lists can number. */
import { expect, test } from "vitest";
import {
  columns,
  evaluate,
  matmul,
  matrixOf,
  multiply,
  type Node,
  subtract,
  transpose,
  variable,
} from "../../../src/autodiff/index.js";
import { engine } from "../../../src/engine/index.js";

test.each([65_536, 65_537, 70_000])("products with images of %i pixels", (pixels) => {
  const images = variable([pixels, 4], { name: "images", storage: "byte" });
  const index = variable([1, 2], { name: "index" });
  const w = variable([2, pixels], { name: "w" });
  const batch = columns(images, index);
  const delta = matmul(w, batch);
  const values: Node[] = [delta, subtract(w, multiply(2, matmul(delta, transpose(batch))))];

  // Whole numbers that stay so small that float32 has them exactly; most are 0.
  const isSeldom = (i: number) => i % 1009 === 0 || i % pixels === pixels - 1;
  const bindings = new Map([
    [
      images,
      matrixOf(
        images.shape,
        Float64Array.from({ length: 4 * pixels }, (_, i) => (isSeldom(i) ? 1 + (i % 250) : 0)),
      ),
    ],
    [index, matrixOf(index.shape, Float64Array.of(3, 1))],
    [
      w,
      matrixOf(
        w.shape,
        Float64Array.from({ length: 2 * pixels }, (_, i) => (i % 3) - 1),
      ),
    ],
  ]);
  const targets = values.map(({ shape }) => variable(shape));
  const session = engine({ threads: 1 }).load(
    { step: values.map((value, k) => ({ variable: targets[k]!, value })) },
    new Map([...bindings].map(([x, { data }]) => [x, data])),
  );
  session.run("step");
  const results = targets.map((target) => session.read(target));
  session.dispose();
  const exact = evaluate(values, bindings).map(({ data }) => Float32Array.from(data));
  for (const [k, result] of results.entries()) {
    // Not by toEqual, which takes long to compare so many elements.
    expect(result.findIndex((element, i) => element !== exact[k]![i])).toBe(-1);
    expect(result).toHaveLength(exact[k]!.length);
  }
});
