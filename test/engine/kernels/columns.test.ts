/** Kernels that move elements: transposes, and columns picked by index. */
import { test } from "vitest";
import {
  bytes,
  clear,
  expectElements,
  expectSameBits,
  kernel,
  Matrix,
  randomFrom,
  reserve,
  SIZES,
} from "./memory.js";

const random = randomFrom(3);
const signed = () => 2 * random() - 1;
const NONE = () => Number.NaN;
const indices = (count: number, below: number) =>
  new Matrix(1, count, () => Math.floor(below * random()));

test("transpose moves every element, also in parts", () => {
  for (const m of SIZES) {
    for (const n of SIZES) {
      clear();
      const [x, out, parts] = [
        new Matrix(m, n, signed),
        new Matrix(n, m, NONE),
        new Matrix(n, m, NONE),
      ];
      kernel("transpose")(out.address, out.stride, x.address, x.stride, m, n);
      expectElements(out, (r, c) => x.at(c, r));
      const cut = 4 * Math.floor(m / 8);
      const [to, from] = [parts.address + cut * parts.step, x.address + 4 * cut];
      if (cut > 0) kernel("transpose")(parts.address, parts.stride, x.address, x.stride, cut, n);
      kernel("transpose")(to, parts.stride, from, x.stride, m - cut, n);
      expectSameBits(parts.elements(), out.elements());
    }
  }
});

test("gatherColumns picks columns by index", () => {
  for (const m of SIZES) {
    clear();
    const [x, out, index] = [new Matrix(m, 20, signed), new Matrix(m, 7, NONE), indices(7, 20)];
    kernel("gatherColumns")(out.address, out.stride, x.address, x.stride, 20, index.address, m, 7);
    expectElements(out, (r, c) => x.at(r, index.at(0, c)));
  }
});

test("scatterColumns adds columns up in their order, and leaves 0 where none goes", () => {
  for (const m of SIZES) {
    clear();
    const [x, out, index] = [new Matrix(m, 30, signed), new Matrix(m, 20, NONE), indices(30, 20)];
    const args = [x.address, x.stride, index.address, m, 30];
    kernel("scatterColumns")(out.address, out.stride, 20, ...args);
    expectElements(out, (r, k) => {
      let sum = 0;
      for (let c = 0; c < 30; c++) if (index.at(0, c) === k) sum = Math.fround(sum + x.at(r, c));
      return sum;
    });
  }
});

test("gatherByteColumns makes floats of bytes", () => {
  for (const m of [...SIZES, 784]) {
    for (const stride of [m, m + 3]) {
      clear();
      const images = reserve(20 * stride);
      for (let i = 0; i < 20 * stride; i++) bytes[images + i] = Math.floor(256 * random());
      const [out, index] = [new Matrix(m, 7, NONE), indices(7, 20)];
      const args = [images, stride, 20, index.address, m, 7];
      kernel("gatherByteColumns")(out.address, out.stride, ...args);
      expectElements(out, (r, c) => bytes[images + index.at(0, c) * stride + r] as number);
    }
  }
});
