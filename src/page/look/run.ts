/** The network at hand as reports have runs. */
import { weightsSha256 } from "../../checkpoints/identity.js";
import type { ReportedRun } from "../../report/index.js";
import { titleOf } from "../dataset.js";
import type { Network } from "../network.js";
import type { TestedHere } from "./tested.js";

/** @param tested what it makes of test images, once that is known */
export function reportedRun(network: Network, tested?: TestedHere): ReportedRun {
  const { name, theta, activation, cost, classes, run } = network;
  const { settings = {}, dataset = { name: "unknown" }, reports = [], made = {} } = run ?? {};
  const isOther = tested !== undefined && run !== undefined && tested.dataset.name !== dataset.name;
  return {
    name,
    file: name,
    settings: { ...settings },
    dataset: { ...dataset, classes },
    machine: made,
    epochs: reports,
    weightsSha256: weightsSha256(theta),
    network: { layers: theta, settings: { activation, cost } },
    ...(tested && {
      tested: {
        images: tested.dataset.test,
        classes: classes.length,
        predicted: tested.predicted,
        outputs: tested.outputs,
      },
    }),
    remarks: isOther
      ? [
          `The test images are those of ${titleOf(tested.dataset)}, not those of ${titleOf(dataset)}, which it was trained with.`,
        ]
      : [],
  };
}
