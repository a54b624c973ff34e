/** The worker that trains: the engine and the deformer start further ones. */
import { labelled } from "../../../dist/src/data/dataset.js";
import { parseIdx } from "../../../dist/src/data/idx.js";
import { engine } from "../../../dist/src/engine/index.js";
import { Trainer, train } from "../../../dist/src/training/index.js";

/** The generated digits, from the files that are served beside this one. */
async function digits() {
  const [train, test] = await Promise.all(["train", "t10k"].map(imagesOf));
  return { name: "generated", classes: 10, train, test };
}

async function imagesOf(part) {
  const names = ["images-idx3", "labels-idx1"].map((kind) => `${part}-${kind}-ubyte.gz`);
  const [images, labels] = await Promise.all(names.map(read));
  return labelled(images, labels, { images: names[0], labels: names[1] });
}

/** The server says how they are packed, and the browser unpacks them. */
async function read(name) {
  const response = await fetch(new URL(`/${name}`, location.href));
  return parseIdx(new Uint8Array(await response.arrayBuffer()), name);
}

/** What goes wrong, if anything is to. */
const mishaps = {
  /** The scripts of threads are not where they should be. */
  lost() {
    const { Worker } = self;
    self.Worker = class extends Worker {
      constructor() {
        super(new URL("/nowhere.js", location.href), { type: "module" });
      }
    };
  },
  /** A program is run before the threads have started. */
  hasty(trainer) {
    trainer.flatPart();
  },
};

async function run({ settings, threads, mishap }) {
  if (mishap === "lost") mishaps.lost();
  const trainer = new Trainer(settings, await digits(), engine({ threads }));
  if (mishap === "hasty") mishaps.hasty(trainer);
  const reports = [];
  for await (const report of train(trainer)) reports.push(report);
  const digest = trainer.weightsSha256();
  const { machine } = trainer;
  trainer.dispose();
  return { digest, threads: machine.threads, isolated: crossOriginIsolated, reports };
}

self.onmessage = ({ data }) => {
  run(data).then(
    (outcome) => postMessage(outcome),
    (error) => postMessage({ error: `${error.name}: ${error.message}` }),
  );
};
