/** The room "step" as one uses it: by keys, by pointer, narrow and wide, light and dark. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryDirectory } from "../data/fixtures.js";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { bytesOf } from "../support/checkpoints.js";
import { randomCheckpoint } from "../support/random-network.js";
import { servePage } from "../support/served.js";

describe.skipIf(browserFile === undefined)("the reverse sweep in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(fragment: string, options: Parameters<typeof browser.newPage>[0] = {}) {
    const { address } = await servePage(["view"]);
    const page = await browser.newPage({ reducedMotion: "reduce", ...options });
    const complaints = complaintsOf(page, address);
    await page.goto(address + fragment);
    if (!fragment.startsWith("#step")) return { page, complaints };
    await page.locator(".step .node").first().waitFor();
    return { page, complaints };
  }

  const sentence = async (page: Page) =>
    ((await page.locator(".step .sentence").textContent()) ?? "").normalize("NFC");
  const expectSentence = (page: Page) => expect.poll(() => sentence(page));
  const expectLabel = (node: Locator) => expect.poll(() => node.getAttribute("aria-label"));
  const expectCount = (locator: Locator) => expect.poll(() => locator.count());
  const node = (page: Page, name: string) =>
    page.locator(".step .node").filter({ has: page.locator(`.title:text-is("${name}")`) });
  const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");

  const looks = [360, 1280].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  test.each(looks)("steps forward and back by keys: $width, $colorScheme", async (look) => {
    const { width, colorScheme } = look;
    const { page, complaints } = await open("#step", {
      viewport: { width, height: 800 },
      colorScheme,
    });
    await expectSentence(page).toMatch(/^Only w, a and b are given/);
    const t2 = node(page, "t₂ = exp(t₃)");
    await expectLabel(t2).toMatch(/value not yet computed, bar not yet/);

    for (let k = 0; k < 4; k++) await page.keyboard.press("ArrowRight");
    await expectSentence(page).toMatch(/^t₂ = exp\(t₃\) = exp\(−0\.5\) = 0\.6065\. It is stored/);
    await expectLabel(t2).toMatch(/value 0\.6065, bar not yet computed$/);
    await expect.poll(() => page.locator(".step .panel h2").textContent()).toBe("t₂ = exp(t₃)");

    for (let k = 0; k < 5; k++) await page.keyboard.press("ArrowRight");
    await expectSentence(page).toBe(
      "t̄₂ gets t̄₁ = −0.3875 from the sum t₁ = 1 + t₂.".normalize("NFC"),
    );
    await expectLabel(t2).toMatch(/value 0\.6065, bar −0\.3875$/);
    await expectCount(page.locator(".step .edge .carried")).toBe(2);

    await page.keyboard.press("ArrowLeft");
    await expectLabel(t2).toMatch(/bar not yet computed$/);
    await page.getByRole("slider", { name: "Step", exact: true }).focus();
    await page.keyboard.press("End");
    await expectSentence(page).toMatch(/each exactly once\.$/);
    await page.keyboard.press("Home");
    await expectSentence(page).toMatch(/^Only w/);
    await expect.poll(() => overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["#step?g=network&step=30", "#step?f=x*x*x&step=6", "#step?step=15"])(
    "needs no scrolling sideways at 360 pixels, whatever is opened: %s",
    async (fragment) => {
      const { page, complaints } = await open(fragment, { viewport: { width: 360, height: 700 } });
      const closed = page.locator(".step details:not([open]) > summary");
      while ((await closed.count()) > 0) await closed.first().click();
      const folded = page.locator(".step button").filter({ hasText: /^All \d+ equalities$/ });
      while ((await folded.count()) > 0) await folded.first().click();
      await expect.poll(() => overflow(page)).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test("scrolls the table sideways by arrow keys where it is wider than the page", async () => {
    const { page } = await open("#step?step=15", { viewport: { width: 390, height: 800 } });
    const table = page.locator(".step .wide");
    await table.getByRole("button").first().focus();
    const before = await sentence(page);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => table.evaluate((each) => each.scrollLeft)).toBeGreaterThan(0);
    expect(await sentence(page)).toBe(before);
    await page.close();
  });

  test("shows in a field that is left what the sweep has, and no number out of range", async () => {
    const { page } = await open("#step?f=x*x");
    const x = page.getByRole("spinbutton", { name: "x, as a number" });
    for (const [typed, taken] of [
      ["5000", "1000"],
      ["", "1000"],
      ["-1e9", "-1000"],
    ] as const) {
      await x.fill(typed);
      await x.blur();
      await expect.poll(() => x.inputValue()).toBe(taken);
    }
    await page.close();
  });

  test("shows where the bar of any node is from, when that is chosen by the keyboard", async () => {
    const { page } = await open("#step?f=(x+%2B+y)*exp(x)&step=8");
    const x = node(page, "x");
    await node(page, "t₁ = exp(x)").click();
    await expect.poll(() => x.getAttribute("aria-pressed")).toBe("false");
    await page.getByRole("slider", { name: "Step", exact: true }).focus();
    const isFocused = () => x.evaluate((each) => each === each.ownerDocument.activeElement);
    for (let k = 0; k < 5 && !(await isFocused()); k++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const panel = page.locator(".step .panel");
    await expect.poll(() => x.getAttribute("aria-pressed")).toBe("true");
    await expectCount(panel.locator(".contributions li")).toBe(2);
    expect(await panel.textContent()).toMatch(/Together: .* = 8\.963 \+ 4\.482 = 13\.45/);
    expect(await panel.locator(".ripples li").allInnerTexts()).toHaveLength(4);
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => x.getAttribute("aria-pressed")).toBe("false");
    await page.close();
  });

  test("changes all values and bars with an input, at the same step", async () => {
    const { page } = await open("#step?step=15");
    const labels = () =>
      page
        .locator(".step .node")
        .evaluateAll((all) => all.map((each) => String(each.getAttribute("aria-label"))));
    const before = await labels();
    const b = page.getByRole("spinbutton", { name: "b, as a number" });
    await b.fill("0.4");
    const changed = async () => (await labels()).filter((label, k) => label !== before[k]);
    // All but t₅ = w a have another value or another bar, and t₅ another bar.
    await expect.poll(changed).toHaveLength(before.length);
    await expectSentence(page).toMatch(/each exactly once\.$/);
    await page.waitForURL(/x\.b=0\.4/);
    await page.reload();
    await page.locator(".step .node").first().waitFor();
    await expect.poll(() => b.inputValue()).toBe("0.4");
    await expectSentence(page).toMatch(/each exactly once\.$/);
    await page.close();
  });

  test("says what is wrong with a formula, and keeps the last one that was right, dimmed", async () => {
    const { page, complaints } = await open("#step?f=x*exp(x)");
    const field = page.getByRole("textbox", { name: "Formula" });
    const expectMistake = () => expect.poll(() => page.locator("#step-mistake").textContent());
    await field.fill("x * exp(x");
    await expectMistake().toMatch(/^The parenthesis at character 8 should be closed/);
    const expectOpacity = () => {
      const opacity = "getComputedStyle(document.querySelector('.step .bench')).opacity";
      return expect.poll(() => page.evaluate(opacity));
    };
    await expectOpacity().toBe("0.5");
    await expectCount(node(page, "t₁ = exp(x)")).toBe(1);
    await field.fill("x * log(x)");
    await expectMistake().not.toMatch(/parenthesis at character/);
    await expectOpacity().toBe("1");
    await expectCount(node(page, "t₁ = log(x)")).toBe(1);
    // A key that moves within a field makes no step.
    await field.press("ArrowLeft");
    await expectSentence(page).toMatch(/^Only x is given/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("unfolds an equation of the book when the sweep has come to it, reason by reason", async () => {
    const { page } = await open("#step?step=10");
    const first = page.locator(".step .chains .equation").first();
    await first.getByRole("button", { name: "Go there" }).click();
    await expectSentence(page).toMatch(/^t̄₄ gets/u);
    await first.getByRole("button", { name: "Derive it" }).click();
    await first.getByRole("button", { name: "Next equality" }).click();
    const rows = first.locator("li");
    await expectCount(rows).toBe(2);
    expect((await rows.last().textContent())?.normalize("NFC")).toMatch(/−t̄₃✓ line of t̄₄$/u);
    await first.getByRole("button", { name: /^All/ }).click();
    await expectCount(rows).toBe(12);
    await expectCount(first.locator(".fails")).toBe(0);
    await page.close();
  });

  test("plays to the end, and stops where one takes over", async () => {
    const { page } = await open("#step?step=13");
    await page.getByRole("button", { name: "Play" }).click();
    await expectSentence(page).toMatch(/exactly once/);
    await expectCount(page.getByRole("button", { name: "Play" })).toBe(1);
    await page.getByRole("button", { name: "Play" }).click();
    await page.keyboard.press("ArrowRight");
    await expectCount(page.getByRole("button", { name: "Play" })).toBe(1);
    await page.close();
  });

  test("takes a digit along from the room to look, into a unit of the network at hand", async () => {
    const { page, complaints } = await open("#look");
    const file = join(temporaryDirectory(), "some.safetensors");
    writeFileSync(file, bytesOf(randomCheckpoint("cross-entropy")));
    await page.locator("input[type=file][accept='.safetensors']").setInputFiles(file);
    await page.locator(".network-line b").getByText("some.safetensors").waitFor();
    const mistakes = page.getByRole("button", { name: / taken for .*: \d+ images?$/ });
    await mistakes.first().click();
    await page.locator(".digit").first().click();
    await page.getByRole("button", { name: "Open in The reverse sweep" }).click();
    await page.locator(".step .unit").waitFor();
    await expect
      .poll(() => page.locator(".step .unit").textContent())
      .toMatch(/^Output.*a′ is the output for \d of some\.safetensors, for test image \d+/);
    const output = node(page, "a′ = 1 / t₁");
    await page.getByRole("slider", { name: "Step", exact: true }).press("End");
    const label = await output.getAttribute("aria-label");
    await page.getByRole("combobox", { name: "Output" }).selectOption("3");
    await page.getByRole("slider", { name: "Step", exact: true }).press("End");
    await expectLabel(output).not.toBe(label);
    await expect.poll(() => overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
