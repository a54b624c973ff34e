/** Exported networks give what they give here: by the specification, and in onnxruntime where it is installed. */
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { interpreter } from "../../src/autodiff/index.js";
import { type Dataset, loadDirectory, loadEmbedded } from "../../src/data/index.js";
import { engine } from "../../src/engine/index.js";
import { onnxModel } from "../../src/export/index.js";
import { classify, type Settings, Trainer, train } from "../../src/training/index.js";
import { plain, sampleOf } from "../support/backpropagation.js";
import { realData } from "../support/real-data.js";
import { DOUBLE, FLOAT, readModel, UINT8 } from "./onnx-reader.js";
import { type Rounded, rounded } from "./rounding.js";

interface Runtime {
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{
      run(feeds: object): Promise<Record<string, { data: ArrayLike<number> }>>;
    }>;
  };
  readonly Tensor: new (type: string, data: unknown, shape: number[]) => object;
}

const runtime = installedRuntime();
if (runtime === undefined) {
  process.stderr.write(
    "onnxruntime-node is not installed (npm ci --prefix test/export/onnxruntime): its judgement is SKIPPED\n",
  );
}

function installedRuntime(): Runtime | undefined {
  try {
    return createRequire(new URL("onnxruntime/package.json", import.meta.url))("onnxruntime-node");
  } catch {
    return undefined;
  }
}

const networks: (Partial<Settings> & { readonly exact?: boolean })[] = [
  { activation: "sigmoid", cost: "quadratic", hidden: [30] },
  { activation: "tanh", cost: "cross-entropy", hidden: [40, 20] },
  { activation: "relu", cost: "softmax", hidden: [64] },
  { activation: "scaled-tanh", cost: "softmax", hidden: [30, 20] },
  { activation: "sigmoid", cost: "cross-entropy", hidden: [], exact: true },
];

async function trained(
  { exact = false, ...settings }: (typeof networks)[number],
  dataset: Dataset,
) {
  const executor = exact ? interpreter : engine();
  const some = { learningRate: 0.1, epochs: 1, trainSize: exact ? 200 : 5000, ...settings };
  const trainer = new Trainer(some, dataset, executor);
  for await (const _ of train(trainer));
  const network = trainer.network();
  trainer.dispose();
  return { network, executor };
}

/**
 * onnxruntime adds in another order than the engine. Each of the two is up to 10⁻⁶ off the exact outputs, and
 * so they are up to twice as far from each other. No other form of the graph comes nearer: a product and a sum
 * in place of Gemm, transposed weights, or a softmax in float64; the sums of the first layer decide.
 */
const FLOAT32 = 2e-6;

/** So many images are compared with the exact outputs. */
const EXACTLY = 300;

/** How many roundings to first order a sum may have, after most of them have cancelled. */
const ROUNDINGS = 8;

/** The outputs of the first images are as near to the exact ones as float32 can tell. */
function expectWithinRounding(outputs: ArrayLike<number>, exact: readonly Rounded[]): void {
  const off = exact.flatMap(({ outputs: expected, within }, k) =>
    expected.map((p, c) => Math.abs(outputs[k * expected.length + c]! - p) / within[c]!),
  );
  expect(Math.max(...off)).toBeLessThan(ROUNDINGS);
}

describe("an exported network", async () => {
  const dataset = await (realData === undefined ? loadEmbedded() : loadDirectory(realData));
  const { test: images } = dataset;
  const size = images.rows * images.columns;

  describe.each(networks)("$activation, $cost, hidden $hidden", async (settings) => {
    const { network, executor } = await trained(settings, dataset);
    const { outputs } = await classify(network, images, executor);
    const classes = outputs.length / images.count;
    const options = { version: "0", metadata: new Map([["key", "value"]]) };

    test.each([{ takesBytes: true }, { takesBytes: false, input: "x", output: "p" }])(
      "gives the same by the operators' specification, %o",
      (given) => {
        const model = readModel(onnxModel(network, { ...options, ...given }));
        expect(model.opset).toBeGreaterThanOrEqual(13);
        const precision = settings.exact ? DOUBLE : FLOAT;
        const type = given.takesBytes ? UINT8 : precision;
        const [input, output] = [given.input ?? "images", given.output ?? "outputs"];
        expect(model.inputs).toEqual([{ name: input, type, shape: ["batch", size] }]);
        const shape = ["batch", classes];
        expect(model.outputs).toEqual([{ name: output, type: precision, shape }]);
        expect(model.metadata.get("key")).toBe("value");
        for (const k of [0, 1, images.count - 1]) {
          const pixels = [...images.pixels.subarray(k * size, (k + 1) * size)];
          const [row] = model.run([given.takesBytes ? pixels : pixels.map((each) => each / 255)]);
          row!.forEach((output, c) => {
            expect(Math.abs(output - outputs[k * classes + c]!)).toBeLessThan(1e-6);
          });
        }
      },
    );

    test("gives the same whatever its input and output are called", () => {
      const pixels = [...images.pixels.subarray(0, size)].map((each) => each / 255);
      const usual = readModel(onnxModel(network, options));
      const given = { takesBytes: true, ...options };
      const names = new Set([...usual.names, ...readModel(onnxModel(network, given)).names]);
      for (const name of names) {
        for (const called of [
          { input: name, output: "p" },
          { input: "x", output: name },
        ]) {
          const model = readModel(onnxModel(network, { ...options, ...called }));
          expect(model.run([pixels])).toEqual(usual.run([pixels]));
          expect(() => readModel(onnxModel(network, { ...given, ...called }))).not.toThrow();
        }
      }
    });

    test.skipIf(runtime === undefined)(
      "gives the same for all test images in onnxruntime",
      async () => {
        const { InferenceSession, Tensor } = runtime!;
        const layers = plain(network.layers);
        const exact = Array.from({ length: EXACTLY }, (_, k) =>
          rounded(layers, sampleOf(images, k).x, network.settings),
        );
        const parts = Float64Array.from(images.pixels, (pixel) => pixel / 255);
        const [type, elements] = settings.exact
          ? (["float64", parts] as const)
          : (["float32", Float32Array.from(parts)] as const);
        for (const takesBytes of [true, false]) {
          const session = await InferenceSession.create(
            onnxModel(network, { ...options, takesBytes }),
          );
          const shape = [images.count, size];
          const input = takesBytes
            ? new Tensor("uint8", images.pixels, shape)
            : new Tensor(type, elements, shape);
          const { outputs: given } = await session.run({ images: input });
          const bound = settings.exact ? 1e-12 : FLOAT32;
          let [furthest, others] = [0, 0];
          for (let k = 0; k < images.count; k++) {
            const [mine, theirs] = [outputs, given!.data].map((all) =>
              Array.from({ length: classes }, (_, c) => all[k * classes + c]!),
            ) as [number[], number[]];
            if (mine.indexOf(Math.max(...mine)) !== theirs.indexOf(Math.max(...theirs))) others++;
            furthest = Math.max(
              furthest,
              ...mine.map((output, c) => Math.abs(output - theirs[c]!)),
            );
          }
          expect(others).toBe(0);
          expect(furthest).toBeLessThan(bound);
          if (!settings.exact) expectWithinRounding(given!.data, exact);
        }
        if (!settings.exact) expectWithinRounding(outputs, exact);
      },
    );
  });
});
