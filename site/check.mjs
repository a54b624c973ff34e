/**
 * Opens every document of site/dist in Chromium: links lead somewhere, nothing complains, no line is wider
 * than a narrow screen, and every example gives what is stated under it.
 *
 *     node site/check.mjs        # after npm run site; CHROMIUM names another browser
 */
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { importTypeScript } from "./import.mjs";

const { agrees } = await importTypeScript("test/docs/statements.ts");
const out = new URL("dist/", import.meta.url);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(executablePath)) {
  process.stderr.write("the site is NOT TESTED: there is no Chromium here\n");
  process.exit(0);
}
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** In a folder of the host, as most sites are. */
const BASE = "/a/folder/";
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://host").pathname;
  const file = new URL(path.slice(BASE.length) || "index.html", out);
  if (!path.startsWith(BASE) || !existsSync(file) || statSync(file).isDirectory()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file.pathname)] ?? "text/plain" });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const faults = [];
// Imported here, examples tell what is stated in them, and nobody listens to what they give.
globalThis.example = { state() {}, print() {} };
try {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  let at = "";
  page.on("console", (message) => faults.push(`${at}: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${at}: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(origin)) {
      faults.push(`${at} asks for ${request.url()}`);
    }
  });
  const documents = readdirSync(new URL("docs/", out)).filter((name) => name.endsWith(".html"));
  let run = 0;
  for (at of documents.map((name) => `docs/${name}`)) {
    await page.goto(`${origin}${BASE}${at}`);
    for (const link of await page.$$eval("main a[href]", (links) =>
      links.map(({ href }) => href),
    )) {
      if (!link.startsWith(`${origin}${BASE}`)) continue;
      const path = new URL(link).pathname.slice(BASE.length);
      if (!existsSync(new URL(path, out))) faults.push(`${at}: ${path} is missing`);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) faults.push(`${at} is ${width} pixels wide on a screen of 360`);
    for (const block of await page.$$("pre[data-example]")) {
      const name = await block.getAttribute("data-example");
      await block.evaluate((pre) => pre.nextElementSibling.click());
      const results = await block.evaluateHandle(
        (pre) => pre.nextElementSibling.nextElementSibling,
      );
      await page.waitForFunction((each) => each.textContent !== "", results);
      const lines = (await results.evaluate((each) => each.textContent)).split("\n");
      const { expected } = await import(new URL(`docs/examples/${name}.js`, out));
      const values = lines.flatMap((line) => (line.startsWith("// => ") ? [line.slice(6)] : []));
      for (const [k, stated] of expected.entries()) {
        if (!agrees(values[k] ?? "nothing", stated)) {
          faults.push(`${at}: ${name} gives ${values[k]}, where ${stated} is stated`);
        }
      }
      run++;
    }
  }
  process.stdout.write(`${documents.length} documents, ${run} examples run\n`);
} finally {
  await browser.close();
  server.close();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
