/** The page on a host of static files: it fetches a data set from a mirror when that is asked for. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { catalogueEntry } from "../../src/data/remote/index.js";
import { images, labels } from "../data/fixtures.js";
import { browserFile, complaintsOf, launch } from "../support/browser.js";
import { type Host, host, hostOfFolder } from "../support/hosts.js";

interface Mirrored {
  readonly name: string;
  readonly known: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

const BUILDER = new URL("../../site/page.mjs", import.meta.url).href;

/** Runs a program with what builds the site, outside of the tests, and returns what it prints. */
function build(program: string): string {
  const code = `import { buildPage, mirroredMnist } from ${JSON.stringify(BUILDER)}; ${program}`;
  const env = { ...process.env, NODE_ENV: "production" };
  return execFileSync(process.execPath, ["--input-type=module", "-e", code], {
    ...{ encoding: "utf8", env },
  });
}

const files = {
  "train-images-idx3-ubyte": images(60, 28, 28),
  "train-labels-idx1-ubyte": labels(...new Array(60).fill(7)),
  "t10k-images-idx3-ubyte": images(50, 28, 28),
  "t10k-labels-idx1-ubyte": labels(...new Array(50).fill(1)),
};
const packed = Object.fromEntries(
  Object.entries(files).map(([name, bytes]) => [`/${name}.gz`, gzipSync(bytes)]),
);
const TRAIN_IMAGES = "/train-images-idx3-ubyte.gz";
const BUTTON = /^Fetch SAMPLE: \d+ MB from 127\.0\.0\.1:\d+$/;

describe.skipIf(browserFile === undefined)("on any host", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  let mnist: Mirrored;
  let site: Host;
  let mirror: Host;
  let folder: string;
  /** What the mirror answers; whoever changes it changes it for its own test. */
  let answer: RequestListener;

  const truthful: RequestListener = (request, response) => {
    const bytes = packed[request.url ?? ""];
    response.setHeader("access-control-allow-origin", "*");
    if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  };

  /** The same mirror, but for its training images. */
  function otherImages(answerWith: RequestListener): RequestListener {
    return (request, response) => {
      if (request.url !== TRAIN_IMAGES) return truthful(request, response);
      response.setHeader("access-control-allow-origin", "*");
      answerWith(request, response);
    };
  }

  beforeAll(async () => {
    mnist = JSON.parse(build("console.log(JSON.stringify(mirroredMnist()))"));
    mirror = await host((request, response) => answer(request, response));
    folder = mkdtempSync(join(tmpdir(), "train-mnist-"));
    const at = (name: string) => `${mirror.address}${name}.gz`;
    const known = Object.entries(files).map(([name, bytes]) => [
      at(name),
      { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
    ]);
    const set = {
      ...mnist,
      name: "sample",
      files: {
        train: { images: at("train-images-idx3-ubyte"), labels: at("train-labels-idx1-ubyte") },
        test: { images: at("t10k-images-idx3-ubyte"), labels: at("t10k-labels-idx1-ubyte") },
      },
      bytes: 2000,
      known: Object.fromEntries(known),
    };
    const out = JSON.stringify(pathToFileURL(`${folder}/`));
    build(`await buildPage(new URL(${out}), ${JSON.stringify([set])})`);
    [site, browser] = await Promise.all([hostOfFolder(folder), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    mirror?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    answer = truthful;
  });

  async function open() {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints = complaintsOf(page, site.address);
    await page.goto(`${site.address}#train?hidden=3&validationSize=1`);
    const button = page.getByRole("button", { name: BUTTON });
    await button.waitFor();
    return { page, button, complaints };
  }

  const chosen = (page: Page) => page.getByRole("combobox", { name: "Images" }).inputValue();

  test("it asks its mirror when it is told to, and takes what is right", async () => {
    const { page, button, complaints } = await open();
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    await button.click();
    await page.getByText("sample: 60 images to train on, 50 to test.").waitFor();
    expect(await chosen(page)).toBe("sample");
    const asked = Object.keys(packed).map((path) => `asks for ${mirror.address}${path.slice(1)}`);
    expect(complaints.sort()).toEqual(asked.sort());
  });

  const DAMAGED = Buffer.from(files["train-images-idx3-ubyte"]);
  DAMAGED[DAMAGED.length - 1]! ^= 1;

  test.each<[string, RequestListener, RegExp]>([
    [
      "has another pixel",
      (_, response) => response.end(gzipSync(DAMAGED)),
      /^127\.0\.0\.1:\d+ has another train-images-idx3-ubyte\.gz than the one that is known: its SHA-256 is [0-9a-f]{64}, and [0-9a-f]{64} was expected\. Nothing of it is used\.$/,
    ],
    [
      "has damaged gzip data",
      (_, response) => response.end(packed[TRAIN_IMAGES]!.subarray(0, 30)),
      /^train-images-idx3-ubyte\.gz is corrupt: it cannot be unpacked as gzip data\.$/,
    ],
    [
      "is cut off",
      (_, response) => {
        const bytes = packed[TRAIN_IMAGES]!;
        response.writeHead(200, { "content-length": bytes.length });
        response.write(bytes.subarray(0, 20), () => response.destroy());
      },
      /^127\.0\.0\.1:\d+ broke off after \d+ bytes of train-images-idx3-ubyte\.gz: try again\.$/,
    ],
    [
      "has no end",
      (_, response) => {
        const more = () => {
          if (!response.closed) response.write(Buffer.alloc(1000), more);
        };
        more();
      },
      /^127\.0\.0\.1:\d+ gives more for train-images-idx3-ubyte\.gz than the \d+ bytes that it has\.$/,
    ],
    [
      "is gone",
      (_, response) => response.writeHead(410).end(),
      /^127\.0\.0\.1:\d+ does not give train-images-idx3-ubyte\.gz: it answers with 410\.$/,
    ],
    [
      "may not be read",
      (_, response) => {
        response.removeHeader("access-control-allow-origin");
        response.end(packed[TRAIN_IMAGES]);
      },
      /^127\.0\.0\.1:\d+ cannot be reached, or does not let this page read train-images-idx3-ubyte\.gz\. Are you online\? Try again, or give four files\.$/,
    ],
  ])("it says so if a file there %s, and takes nothing", async (_, listener, message) => {
    answer = otherImages(listener);
    const { page, button } = await open();
    await button.click();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(message);
    expect(await chosen(page)).toBe("generated");
    answer = truthful;
    await button.click();
    await page.getByText("sample: 60 images to train on, 50 to test.").waitFor();
    expect(await alert.count()).toBe(0);
  });

  test("it stops waiting for a mirror when it is told to", async () => {
    answer = otherImages(() => {});
    const { page, button } = await open();
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Stop fetching \(\d+%\)$/ }).waitFor();
    await page.keyboard.press("Enter");
    await button.waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await chosen(page)).toBe("generated");
  });

  test("its policy lets it ask no other host", async () => {
    const { page } = await open();
    const other = await host((_, response) => {
      response.setHeader("access-control-allow-origin", "*");
      response.end();
    });
    onTestFinished(() => other.close());
    const ask = (address: string) =>
      page.evaluate(`fetch("${address}").then(() => "answered", () => "refused")`);
    expect(await ask(`${mirror.address}t10k-labels-idx1-ubyte.gz`)).toBe("answered");
    expect(await ask(other.address)).toBe("refused");
  });

  test("MNIST is fetched from a mirror of the catalogue, and known by its digests", () => {
    const { known } = mnist;
    const { mirrors, files } = catalogueEntry("mnist")!;
    const [mirror, ...others] = mirrors.filter((url) => Object.keys(known)[0]!.startsWith(url));
    expect(others).toEqual([]);
    const expected = files.map(({ remote, unpackedBytes, forms }) => [
      mirror + remote,
      { bytes: unpackedBytes, sha256: forms[0].digest.hex },
    ]);
    expect(known).toEqual(Object.fromEntries(expected));
  });
});
