/** A report in a real browser: what its script computes and shows. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportDocument } from "../../src/report/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { runWith, runWithNetwork } from "./examples.js";

const script = readFileSync(new URL("../../dist/src/report/script.js", import.meta.url), "utf8");

/** As long as a locator waits: on a busy machine, an answer takes longer than a poll waits by itself. */
const PATIENT = { timeout: 30_000 };

describe.skipIf(browserFile === undefined)("in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(options: Parameters<typeof browser.newPage>[0] = {}, first = runWith()) {
    const run = await runWithNetwork();
    const file = join(temporaryDirectory(), "report.html");
    writeFileSync(file, reportDocument([first, run], { command: "train-mnist report", script }));
    const page = await browser.newPage(options);
    const complaints = complaintsOf(page);
    await page.goto(pathToFileURL(file).href);
    return { run, page, complaints };
  }

  const looks = [1280, 360].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  test.each(looks)("needs no scrolling sideways: $width, $colorScheme", async (look) => {
    const { width, colorScheme } = look;
    const { page, complaints } = await open({ viewport: { width, height: 800 }, colorScheme });
    expect(await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth)).toBe(width);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("prints all settings, whole figures, and nothing that only a pointer can use", async () => {
    const { page } = await open({ viewport: { width: 640, height: 900 }, colorScheme: "dark" });
    const settings = page.locator("details td").first();
    expect(await settings.isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await settings.isVisible()).toBe(true);
    expect(await page.locator("#draw, .inspector, .choose").filter({ visible: true }).count()).toBe(
      0,
    );
    const places = await page.locator("figure .wide svg.chart").evaluateAll((charts) =>
      charts.map((chart) => {
        const { left, right } = chart.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(places.length).toBeGreaterThan(4);
    for (const { left, right } of places) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeGreaterThan(left);
      expect(right).toBeLessThanOrEqual(640);
    }
    await page.close();
  });

  test("has room for all columns of results on a wide screen", async () => {
    const name = "hidden=100_seed=1_lr=0.1";
    const file = `experiments/${name}-006a2348/model.safetensors`;
    const machine = { version: "0.1.0", executor: "engine", backend: "embedded", threads: 1 };
    const run = runWith({ name, file, machine });
    const { page } = await open({ viewport: { width: 1280, height: 800 } }, run);
    const results = page.locator(".scroll").first();
    expect(await results.getByText("engine, embedded").isVisible()).toBe(true);
    expect(await results.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
    await page.close();
  });

  test("shows on a narrow screen that there are more columns, until all are scrolled to", async () => {
    const { page } = await open({ viewport: { width: 360, height: 800 } });
    await page.addStyleTag({ content: "td, th { color: transparent !important; border: 0 }" });
    await page.addStyleTag({ content: "td *, th * { color: inherit !important }" });
    const results = page.locator(".scroll").first();
    const { x, y, width, height } = (await results.boundingBox())!;
    const edges = async () => {
      const at = (x: number) => page.screenshot({ clip: { x, y, width: 16, height } });
      return [await at(x), await at(x + width - 16)].map((image) => image.toString("base64"));
    };
    const before = await edges();
    await results.evaluate((it) => it.scrollBy({ left: it.scrollWidth, behavior: "instant" }));
    const after = await edges();
    // What is blank is so at either edge.
    expect(after[1]).toBe(before[0]);
    expect(before[1]).not.toBe(before[0]);
    expect(after[0]).not.toBe(before[0]);
    await page.close();
  });

  test("shows the outputs for a mistake chosen by the keyboard, as they were computed", async () => {
    const { run, page, complaints } = await open();
    const { outputs, predicted, images } = run.tested!;
    const button = page.locator("button.digit").nth(1);
    const index = Number(/test image (\d+)/.exec((await button.getAttribute("title"))!)![1]);
    await button.focus();
    await page.keyboard.press("Enter");
    const inspector = page.locator(".inspector");
    await inspector.waitFor({ state: "visible" });
    const rows = await inspector.locator("tr").allInnerTexts();
    const shown = rows.map((row) => Number(row.trim().split(/\s+/).at(-1)));
    for (const [k, value] of shown.entries()) {
      expect(value).toBeCloseTo(outputs[index * 10 + k]!, 2);
    }
    expect(await inspector.locator("tr.won th").textContent()).toBe(String(predicted[index]));
    expect(predicted[index]).not.toBe(images.labels[index]);
    // The gradient has pixels of both signs.
    expect(await inspector.locator("path.positive").count()).toBeGreaterThan(0);
    expect(await inspector.locator("path.negative").count()).toBeGreaterThan(0);
    await page.keyboard.press("Enter");
    expect(await inspector.isHidden()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["reduce", "no-preference"] as const)(
    "brings the outputs for a mistake into view: %s",
    async (reducedMotion) => {
      const { page } = await open({ viewport: { width: 390, height: 844 }, reducedMotion });
      const button = page.locator("button.digit").last();
      await button.evaluate((it) => it.scrollIntoView({ block: "end", behavior: "instant" }));
      const before = await page.evaluate<number>("scrollY");
      const click = "[...document.querySelectorAll('button.digit')].at(-1).click()";
      const after = await page.evaluate<number>(`${click}, scrollY`);
      expect(after > before).toBe(reducedMotion === "reduce");
      const last = page.locator(".inspector tr").last();
      await expect
        .poll(() => last.evaluate((it) => it.getBoundingClientRect().bottom))
        .toBeLessThan(844);
      await page.close();
    },
  );

  test("reads a digit that is drawn by keys, and takes it back", async () => {
    const { page, complaints } = await open();
    await page.locator("#clear").focus();
    await page.keyboard.press("Shift+Tab");
    const cursor = page.locator("#cursor");
    await cursor.waitFor();
    // Within the field: the page may be scrolling.
    const place = () => cursor.evaluate((it) => [it.offsetTop, it.offsetHeight]);
    const [before = 0] = await place();
    const rows = page.locator("#answers tr");
    for (let k = 0; k < 9; k++) await page.keyboard.press("Shift+ArrowDown");
    await expect.poll(() => rows.count(), PATIENT).toBe(10);
    const [top = 0, height = 0] = await place();
    expect(Math.abs(top - before - 9 * height)).toBeLessThan(9);
    // The answer to all nine is there in the next frame.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    const line = await page.locator("#answers").innerHTML();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect.poll(() => page.locator("#answers").innerHTML(), PATIENT).not.toBe(line);
    await page.keyboard.press("Backspace");
    await expect.poll(() => page.locator("#answers").innerHTML(), PATIENT).toBe(line);
    await page.keyboard.press("ArrowLeft");
    for (let k = 0; k < 9; k++) await page.keyboard.press("Backspace");
    await expect.poll(() => rows.count(), PATIENT).toBe(0);
    expect(await place()).toEqual([before, height]);
    await page.keyboard.press("Tab");
    expect(await cursor.isHidden()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("reads a digit that is drawn, and forgets it when asked to", async () => {
    const { page, complaints } = await open();
    const canvas = page.locator("#canvas");
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width } = (await canvas.boundingBox())!;
    await page.mouse.move(x + 0.5 * width, y + 0.2 * width);
    await page.mouse.down();
    await page.mouse.move(x + 0.5 * width, y + 0.8 * width, { steps: 5 });
    await page.mouse.up();
    await page.locator("#answers tr").first().waitFor();
    expect(await page.locator("#answers tr").count()).toBe(10);
    await page.locator("#clear").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#answers tr").count(), PATIENT).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
