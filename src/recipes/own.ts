/** Runs that were chosen here, on the validation images alone, beside the published ones they are near. */
import { defaults } from "../training/settings/settings.js";
import { nielsen } from "./nielsen.js";
import { papers } from "./papers.js";
import type { Recipe } from "./recipe.js";

/** The recipe that is followed where no training setting is given. */
export const DEFAULT_RECIPE = "default";

/** Every training setting at its default, so that these recipes depend on nothing else. */
const { epochs, seed, ...method } = { ...defaults, schedule: "cosine" } as const;

/** What the default recipe was in version 0.1.0. */
const oneLayer: Recipe = {
  name: "one-hidden-layer",
  settings: {
    ...method,
    learningRate: 0.5,
    batchSize: 10,
    hidden: [200],
    elastic: { sigma: 5, alpha: 30 },
    rotation: 10,
    shear: 10,
    scaling: 10,
  },
  ...beside("nielsen-ch3-best"),
  remark: "Chosen here; the default of version 0.1.0.",
  seconds: 10,
};

const byDefault: Recipe = {
  ...oneLayer,
  name: DEFAULT_RECIPE,
  settings: { ...oneLayer.settings, hidden: [200, 100], cost: "softmax", init: "glorot" },
  remark:
    "Chosen here among runs that take about as long as the default of version 0.1.0: sigmoid units as in the book, but a second layer of them, the softmax, deformations, and a falling learning rate; so it should be above the book's figure.",
  seconds: 12,
};

export const own: readonly Recipe[] = [
  byDefault,
  oneLayer,
  {
    name: "best",
    settings: {
      ...method,
      epochs: 150,
      learningRate: 0.05,
      lrEnd: 0.00005,
      warmup: 2,
      batchSize: 100,
      hidden: [1000, 500],
      activation: "relu",
      cost: "softmax",
      init: "he",
      optimizer: "nesterov",
      lambda: 1,
      momentum: 0.9,
      elastic: { sigma: 6, alpha: 36 },
      rotation: 15,
      shear: 15,
      scaling: 15,
    },
    ...beside("ciresan-1000-500"),
    remark:
      "Chosen here: the layers and kinds of deformations of Cireşan and others, but ReLU units, momentum, and a learning rate that falls with the cosine. It was decided beforehand that its last epoch counts; beside the paper's figure stands the epoch best on validation, as the paper has it.",
    seconds: 900,
  },
];

/** What an unpublished run has of the published one that it is compared with. */
function beside(name: string): Pick<Recipe, "figures" | "source" | "comparedWith"> {
  const { figures, source } = [...nielsen, ...papers].find((each) => each.name === name) as Recipe;
  return { figures, source, comparedWith: name };
}
