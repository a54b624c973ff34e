/** The room "watch": a run of the command, seen from a page that comes late, loses it, and is put aside. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { RunView } from "../../src/live/index.js";
import { browserFile, launch } from "../support/browser.js";
import { servePage, watch } from "../support/served.js";

const RUN =
  "--view --dataset generated --hidden 20 --train-size 2000 --validation-size 500 --epochs";

/** This takes at least ten times as long as a page takes to come. */
const EPOCHS = 500;

/** More than any test waits for. */
const ENDLESS = 1e6;

const said = (page: Page, text: RegExp) =>
  page.locator(".said").filter({ hasText: text }).waitFor();

describe.skipIf(browserFile === undefined)("the room to watch in", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function start(epochs: number, more: readonly string[] = []) {
    const page = await browser.newPage();
    const served = await servePage([...RUN.split(" "), String(epochs), ...more]);
    onTestFinished(() => page.close());
    const asked: string[] = [];
    const left: string[] = [];
    const isStream = (url: string) => url.endsWith("/events");
    page.on("request", (each) => isStream(each.url()) && asked.push(each.url()));
    page.on("requestfailed", (each) => isStream(each.url()) && left.push(each.url()));
    page.on("requestfinished", (each) => isStream(each.url()) && left.push(each.url()));
    return { served, page, asked, left };
  }

  test("shows all epochs to who comes late, and the end", async () => {
    const { served, page, asked } = await start(EPOCHS);
    const watcher = await watch(served);
    await watcher.until("epoch");
    await page.goto(served.address);
    await said(page, /^The run is over; its weights have the SHA-256 [0-9a-f]{64}\.$/);
    await page.getByText(`${EPOCHS} of ${EPOCHS}`).waitFor();
    await watcher.over;
    const { ended } = watcher.view();
    expect(await page.locator(".said").textContent()).toContain(ended?.weightsSha256);
    expect(asked).toHaveLength(1);
  });

  test("says what to try where the run does not learn, as the command does", async () => {
    const { served, page } = await start(ENDLESS, ["--learning-rate", "1e-6"]);
    await page.goto(served.address);
    await said(page, /^After epoch \d+ the network .* guess: try --learning-rate 0\.5\.$/);
  });

  test("takes the run up again when the connection is cut", async () => {
    const { served, page, asked } = await start(ENDLESS);
    const cut: RunView = { epochs: [], losses: [] };
    const body = `data: ${JSON.stringify({ event: "joined", view: cut })}\n\n`;
    const headers = { "content-type": "text/event-stream" };
    await page.route("**/events", (route) => route.fulfill({ headers, body }));
    await page.goto(served.address);
    await said(page, /^The command does not answer: .* Trying again…$/);
    await page.unrouteAll({ behavior: "wait" });
    await said(page, /^Live\.$/);
    expect(asked.length).toBeGreaterThan(1);
    await page.getByText(/^generated: layers 784–20–10/).waitFor();
  });

  test("leaves the server to others while nobody sees it", async () => {
    const { served, page, asked, left } = await start(ENDLESS);
    await page.goto(served.address);
    await said(page, /^Live\.$/);
    const show = (hidden: boolean) =>
      page.evaluate(`
        Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      `);
    expect(left).toHaveLength(0);
    await show(true);
    await expect.poll(() => left.length).toBe(1);
    await show(false);
    await expect.poll(() => asked.length).toBe(2);
    expect(left).toHaveLength(1);
  });
});
