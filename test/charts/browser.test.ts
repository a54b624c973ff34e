/** Figures in a real browser: its fonts need no more room than was estimated. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserFile, launch } from "../support/browser.js";
import { examples, widths } from "./examples.js";

const cases = Object.entries(examples).flatMap(([name, draw]) =>
  Object.entries(widths).map(([size, width]) => ({ name, size, draw, width })),
);

describe.skipIf(browserFile === undefined)("in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(cases)("no text of $name ($size) is over another", async ({ draw, width }) => {
    const page = await browser.newPage();
    await page.setContent(`<body style="margin:0">${draw(width)}</body>`);
    const boxes = await page.locator("svg text").evaluateAll((texts) =>
      texts
        .filter((text) => text.textContent !== "")
        .map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          return { text: text.textContent, left, right, top, bottom };
        }),
    );
    // Lines of letters may touch where no letter has ascenders and descenders both.
    const slack = 3;
    const over = boxes.flatMap((a, i) =>
      boxes.slice(i + 1).flatMap((b) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return across > 0 && down > slack ? [`${a.text} over ${b.text}`] : [];
      }),
    );
    expect(over).toEqual([]);
    expect(boxes.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
    await page.close();
  });
});
