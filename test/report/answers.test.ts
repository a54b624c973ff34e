/** What the script of a report computes, without a browser. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { reportDocument } from "../../src/report/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { runWithNetwork } from "./examples.js";

interface Answer {
  readonly outputs: Float64Array;
  readonly predicted: number;
  readonly gradient: Float64Array;
  readonly hidden: readonly Float64Array[];
  readonly contributions: Float64Array;
}

/** The network as a report embeds it, read back by the code that its script is made of. */
async function embedded() {
  const outfile = join(temporaryDirectory(), "network.mjs");
  const script = fileURLToPath(new URL("../../src/report/script/network.ts", import.meta.url));
  await build({ entryPoints: [script], bundle: true, format: "esm", outfile, logLevel: "silent" });
  const { answeringEmbedded } = await import(pathToFileURL(outfile).href);
  const run = await runWithNetwork();
  const document = reportDocument([run], { script: ";" });
  const [, json = ""] = /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(document)!;
  const answer: (pixels: ArrayLike<number>, k?: number) => Answer = answeringEmbedded(
    JSON.parse(json).networks[0],
  );
  return { tested: run.tested!, layers: run.network!.layers, answer };
}

test("an embedded network has the outputs that it had", async () => {
  const { tested, answer } = await embedded();
  const { images, outputs, predicted } = tested;
  for (let i = 0; i < 10; i++) {
    const given = answer(images.pixels.subarray(784 * i, 784 * (i + 1)));
    expect(given.predicted).toBe(predicted[i]);
    given.outputs.forEach((value, k) => {
      expect(value).toBeCloseTo(outputs[10 * i + k]!, 6);
    });
  }
});

test("x̄ is the gradient of the winning output by the pixels, or of any other, as differences have it", async () => {
  const { tested, answer } = await embedded();
  const pixels = Float64Array.from(tested.images.pixels.subarray(0, 784));
  const { predicted } = answer(pixels);
  for (const chosen of [undefined, (predicted + 3) % 10]) {
    const { gradient } = answer(pixels, chosen);
    for (const i of [150, 300, 406, 500]) {
      const [less, more] = [-0.01, 0.01].map((step) => {
        const moved = answer(pixels.map((pixel, at) => (at === i ? pixel + step : pixel)));
        return moved.outputs[chosen ?? predicted];
      }) as [number, number];
      expect(gradient[i]).toBeCloseTo((more - less) / 0.02, 7);
    }
  }
});

test("contributions are the terms of the weighted input of an output", async () => {
  const { tested, layers, answer } = await embedded();
  const { hidden, contributions } = answer(tested.images.pixels.subarray(0, 784), 7);
  const { w } = layers[1]!;
  expect(contributions).toHaveLength(12);
  contributions.forEach((term, unit) => {
    expect(term).toBeCloseTo(w.data[10 * unit + 7]! * hidden[0]![unit]!, 12);
  });
});
