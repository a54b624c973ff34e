import { expect, test } from "vitest";
import type { Picture } from "../../../src/data/pictures/picture.js";
import { LARGEST_SIDE, Reduction, reduced } from "../../../src/data/pictures/reduction.js";
import { painted } from "../../support/pictures/effects.js";

test("a picture that is small enough stays as it is", () => {
  const picture = painted(LARGEST_SIDE, 3, (x, y) => [x % 256, y, 7]);
  expect(reduced(picture)).toBe(picture);
  const reduction = new Reduction(3, 2);
  const small = painted(3, 2, (x, y) => [x, y, 9]);
  for (let y = 0; y < 2; y++) reduction.add(small.data.subarray(12 * y, 12 * y + 12), y);
  expect(reduction.picture()).toEqual(small);
});

test("each pixel of a large one is the mean of a square, of what there is of it at the edge", () => {
  const { width, height, data } = reduced(
    painted(2 * LARGEST_SIDE + 1, 4, (x, y) => [x % 3 === 0 ? 90 : 0, 10 * y, 200]),
  );
  expect([width, height]).toEqual([Math.ceil((2 * LARGEST_SIDE + 1) / 3), 2]);
  expect([...data.subarray(0, 4)]).toEqual([30, 10, 200, 255]);
  expect([...data.subarray(4 * width, 4 * width + 4)]).toEqual([30, 30, 200, 255]);
});

test("what cannot be seen has no part in the colour of a square", () => {
  const large: Picture = painted(2 * LARGEST_SIDE, 2, (x) =>
    x % 2 === 0 ? [200, 100, 50] : [0, 0, 0],
  );
  for (let i = 0; i < large.data.length / 4; i++) if (i % 2 === 1) large.data[4 * i + 3] = 0;
  const { data } = reduced(large);
  expect([...data.subarray(0, 4)]).toEqual([200, 100, 50, 128]);
});

test("pixels may come in any order, some of a row at a time", () => {
  const size = 2 * LARGEST_SIDE;
  const picture = painted(size, 2, (x, y) => [x % 251, y, x % 7]);
  const reduction = new Reduction(size, 2);
  for (const y of [1, 0]) {
    for (const first of [1, 0]) {
      const some = painted(size / 2, 1, (x) => [(2 * x + first) % 251, y, (2 * x + first) % 7]);
      reduction.add(some.data, y, first, 2);
    }
  }
  expect(reduction.picture()).toEqual(reduced(picture));
});
