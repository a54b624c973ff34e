/** The page from the command itself, under its security policy, in a real browser. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { servePage } from "../support/served.js";

describe.skipIf(browserFile === undefined)("the page that the command serves", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open() {
    const served = await servePage(["view"]);
    const page = await browser.newPage();
    const complaints = complaintsOf(page, served.address);
    page.on("requestfailed", (request) => complaints.push(`fails: ${request.url()}`));
    await page.goto(served.address);
    return { served, page, complaints };
  }

  test("opens each of its rooms with nothing to complain of, and asks nobody else", async () => {
    const { page, complaints } = await open();
    const rooms = page.getByRole("navigation", { name: "Sections" }).getByRole("link");
    await rooms.first().waitFor();
    const names = await rooms.allInnerTexts();
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      await rooms.filter({ hasText: name }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      expect(await page.getByRole("alert").allInnerTexts()).toEqual([]);
    }
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("may share memory among threads, and is kept from running text as code", async () => {
    const { page } = await open();
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    await page.addScriptTag({ content: "document.title = 'injected'" }).catch(() => {});
    expect(await page.title()).not.toBe("injected");
    const status = await page.evaluate(
      "fetch('https://example.org/').then(() => 'sent', () => 'refused')",
    );
    expect(status).toBe("refused");
    await page.close();
  });
});
