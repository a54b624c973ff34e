import fc from "fast-check";
import { expect, test } from "vitest";
import { decay, sineAndCosine } from "../../../src/data/deformed/series.js";

test("sine and cosine are within 1e-14, up to 180°", () => {
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
      const { sine, cosine } = sineAndCosine(degrees);
      const x = (degrees * Math.PI) / 180;
      expect(Math.abs(sine - Math.sin(x))).toBeLessThan(1e-14);
      expect(Math.abs(cosine - Math.cos(x))).toBeLessThan(1e-14);
    }),
  );
});

test("e⁻ˣ is within a relative error of 1e-13, and 0 where it is smaller than any number", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(decay(x) / Math.exp(-x) - 1)).toBeLessThan(1e-13);
    }),
  );
  expect(decay(0)).toBe(1);
  expect(decay(1e9)).toBe(0);
});
