/** The browser's half of the platform, as far as it runs in Node.js; tests of pages try the rest. */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as browser from "../../src/platform/browser.js";
import * as node from "../../src/platform/node.js";

test("both halves give the same functions", () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
});

test("both halves give the same SHA-256 of any pieces", () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const floats = fc.float32Array({ maxLength: 50 });
  fc.assert(
    fc.property(fc.array(fc.oneof(bytes, floats), { maxLength: 8 }), fc.nat(3), (pieces, skip) => {
      const views = pieces.map((piece) => piece.subarray(skip));
      expect(browser.sha256(views)).toBe(node.sha256(views));
    }),
  );
});

test("turns come in the order in which they are asked for", async () => {
  const turns: number[] = [];
  await Promise.all([0, 1, 2].map((k) => browser.nextTurn().then(() => turns.push(k))));
  expect(turns).toEqual([0, 1, 2]);
});
