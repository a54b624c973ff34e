import { expect, test } from "vitest";
import { byConfidence, imagesIn } from "../../../src/page/look/cells.js";

test("a field of the confusion matrix has the images of its class that were taken for the other", () => {
  const labels = Uint8Array.of(1, 0, 1, 1, 2);
  const predicted = Uint8Array.of(2, 2, 1, 2, 2);
  expect(imagesIn({ predicted, labels }, 1, 2)).toEqual([0, 3]);
  expect(imagesIn({ predicted, labels }, 0, 1)).toEqual([]);
});

test("images are in the order of the output for the class that they were taken for", () => {
  const outputs = Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.5, 0.5);
  expect(byConfidence([0, 1, 2], outputs, 2, 1)).toEqual([1, 2, 0]);
});
