// A user's TypeScript against every published subpath; compiled under each kind of resolution, not run.
import { constant, evaluate, grad, multiply, type Node } from "train-mnist/autodiff";
import { type Checkpoint, readCheckpoint } from "train-mnist/checkpoints";
import { type Dataset, loadEmbedded } from "train-mnist/data";
import { type Report, reportOn } from "train-mnist/derivation";
import { engine } from "train-mnist/engine";
import { feedForward, parameters } from "train-mnist/nn";
import { type EpochReport, Trainer, train } from "train-mnist/training";

export const slope = evaluate(grad((x: Node) => multiply(x, x))(constant(3)));
export const z: Node = feedForward(parameters([2, 3]), constant(1), (each: Node) => each);
export const report: (exercise: Parameters<typeof reportOn>[0]) => Report = reportOn;

export async function first(): Promise<EpochReport | undefined> {
  const dataset: Dataset = await loadEmbedded();
  const trainer = new Trainer({ hidden: [10], epochs: 1 }, dataset, engine());
  for await (const each of train(trainer)) return each;
  return undefined;
}

export const read: (path: string) => Promise<Checkpoint> = readCheckpoint;
