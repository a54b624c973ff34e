/** Every room by the Tab key alone: it reaches all that can be used, in the order of the page, and leaves. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { browserFile, launch } from "../support/browser.js";
import { openRoom, settled } from "../support/rooms.js";

/**
 * All that can be used, in the order in which it is in the document: of radio buttons with one name one is
 * reached by Tab, and the others from there by arrow keys.
 */
const COLLECT = `{
  const usable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isReached = (each) =>
    each.tabIndex >= 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }) &&
    (each.type !== "radio" || each.checked);
  globalThis.usable = [...document.querySelectorAll(usable)].filter(isReached);
}`;

/** Where the focus is: which of them, what it is, and whether one sees it there. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  // A node of the graph has a frame that becomes thick.
  const frame = at.querySelector(":scope > .outline");
  const isFramed = frame !== null && parseFloat(getComputedStyle(frame).strokeWidth) >= 4;
  const { width, height, right, bottom } = at.getBoundingClientRect();
  return {
    index: globalThis.usable.indexOf(at),
    isOutside: at === document.body,
    what: at.outerHTML.slice(0, 120),
    isSeen: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 || isFramed) &&
      width > 0 && height > 0 && right > 0 && bottom > 0,
  };
})()`;

interface Focused {
  readonly index: number;
  readonly isOutside: boolean;
  readonly what: string;
  readonly isSeen: boolean;
}

describe.skipIf(browserFile === undefined)("by the Tab key", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const rooms = ["train", "draw", "step", "look"].flatMap((room) =>
    [360, 1280].map((width) => ({ room, width })),
  );

  test.each(rooms)("one comes to all of the room $room, $width pixels wide", async (look) => {
    const { room, width } = look;
    const options = { viewport: { width, height: 800 } };
    const { page } = await openRoom(browser, "draw", options);
    onTestFinished(() => page.close());
    // All of the room is there, and nothing in it is about to change.
    await page.getByRole("button", { name: "A test digit" }).click();
    await settled(page);
    const link = page.getByRole("navigation", { name: "Sections" }).locator(`a[href="#${room}"]`);
    await link.click();
    const last = { train: ".mistakes", draw: ".units", step: ".ideas", look: ".digit" }[room]!;
    await page.locator(last).first().waitFor();
    await page.waitForLoadState("networkidle");

    await page.evaluate("document.activeElement.blur()");
    await page.evaluate(COLLECT);
    const count = await page.evaluate<number>("usable.length");
    expect(count).toBeGreaterThan(9);
    // A click has moved where Tab begins: it is led back to the beginning.
    await page.locator(".skip").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    const visited: Focused[] = [await page.evaluate<Focused>(FOCUSED)];
    for (let k = 0; k < count + 20; k++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate<Focused>(FOCUSED);
      if (focused.isOutside || focused.index === 0) break;
      visited.push(focused);
    }
    const reached = visited.filter(({ index }) => index >= 0).map(({ index }) => index);
    expect(reached).toEqual(Array.from({ length: count }, (_, k) => k));
    // Beside them, Chromium stops at what scrolls.
    expect(visited.length - count).toBeLessThan(6);
    expect(visited.filter(({ isSeen }) => !isSeen).map(({ what }) => what)).toEqual([]);
  });
});
