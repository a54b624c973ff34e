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
  seconds: 10,
};

const byDefault: Recipe = {
  ...oneLayer,
  name: DEFAULT_RECIPE,
  settings: { ...oneLayer.settings, hidden: [200, 100], cost: "softmax", init: "glorot" },
  seconds: 12,
};

const bestValidated: Recipe = {
  name: "best-validated",
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
  seconds: 900,
};

const best = onAllImages(bestValidated, "best", 120);

const wide: Recipe = {
  ...best,
  name: "best-wide",
  settings: { ...best.settings, epochs: 90, hidden: [1500, 750] },
  seconds: 2500,
};

const adversarialValidated: Recipe = {
  ...bestValidated,
  name: "best-adversarial-validated",
  settings: { ...bestValidated.settings, epochs: 240, adversarial: 0.5 },
  seconds: 4000,
};

const adversarial = onAllImages(adversarialValidated, "best-adversarial", 240);

const adversarialShort = onAllImages(adversarialValidated, "best-adversarial-short", 150);

const deep: Recipe = {
  ...adversarial,
  name: "best-deep",
  settings: { ...adversarial.settings, epochs: 150, hidden: [1500, 1000, 500] },
};

const { elastic, rotation, shear, scaling, ...undeformed } = bestValidated.settings;

const simardRelu: Recipe = {
  ...beside("simard-800"),
  name: "simard-800-relu",
  settings: { ...undeformed, hidden: [800], elastic: { sigma: 4, alpha: 34 }, elasticField: 29 },
  seconds: 250,
};

const permutationInvariant: Recipe = {
  name: "permutation-invariant",
  settings: {
    ...undeformed,
    warmup: 0,
    epochs: 40,
    lrEnd: 0.0005,
    hidden: [1200, 600],
    lambda: 0,
    adversarial: 0.8,
  },
  figures: [{ accuracy: 98.94, on: "test", at: "last", bestOf: 1 }],
  source: {
    title: "Srivastava et al., Dropout, JMLR 15, 2014",
    url: "https://jmlr.org/papers/v15/srivastava14a.html",
  },
  comparedWith: "Srivastava et al.",
  seconds: 500,
};

export const own: readonly Recipe[] = [
  byDefault,
  oneLayer,
  best,
  deep,
  wide,
  bestValidated,
  adversarial,
  adversarialShort,
  adversarialValidated,
  permutationInvariant,
  simardRelu,
];

/** A recipe that keeps no images for validation. */
function onAllImages(recipe: Recipe, name: string, epochs: number): Recipe {
  return {
    ...recipe,
    name,
    settings: { ...recipe.settings, epochs, validationSize: 0 },
  };
}

/** What an unpublished run has of the published one that it is compared with. */
function beside(name: string): Pick<Recipe, "figures" | "source" | "comparedWith"> {
  const { figures, source } = [...nielsen, ...papers].find((each) => each.name === name) as Recipe;
  return { figures, source, comparedWith: name };
}
