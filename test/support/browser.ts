/** A real browser for tests of pages, where one is installed. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const { CHROMIUM = PLACES.find((place) => existsSync(place)) } = process.env;

/** Undefined where tests with a browser cannot run; that is said, so that nobody thinks they did. */
export const browserFile = CHROMIUM;
if (browserFile === undefined) {
  process.stderr.write("no Chromium is installed: tests in a browser are SKIPPED\n");
}

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat([
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]);

/** In milliseconds: what tests wait for comes sooner on any machine, or never. */
const PATIENCE = 120_000;

/** A browser whose pages are waited for patiently. */
export async function launch(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: browserFile as string, args: QUIET });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (options) => {
    const page = await newPage(options);
    page.setDefaultTimeout(PATIENCE);
    return page;
  };
  return browser;
}

/** What a page says in its console, and asks for from elsewhere than where it is from itself. */
export function complaintsOf(page: Page, own = "file:"): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    const isOwn = [own, "data:", "blob:", "about:"].some((start) => url.startsWith(start));
    if (!isOwn) complaints.push(`asks for ${url}`);
  });
  return complaints;
}
