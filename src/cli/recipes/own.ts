/** Runs that were chosen here, on the validation images alone, beside the published ones they are near. */
import { defaults } from "../settings-options.js";
import type { Recipe } from "./recipe.js";

/** What `train-mnist` does where nothing is said of how to train: see configuration.ts. */
export const DEFAULT_RECIPE = "default";

/** All that can be said of how to train, as it is by default, so that nothing else has to decide it. */
const { epochs, seed, ...method } = { ...defaults, schedule: "cosine" } as const;

export const own: readonly Recipe[] = [
  {
    name: DEFAULT_RECIPE,
    settings: {
      ...method,
      learningRate: 0.5,
      batchSize: 10,
      hidden: [200],
      elastic: "5,20",
      rotation: 7.5,
      shear: 7.5,
      scaling: 7.5,
    },
    figures: [{ accuracy: 98.04, on: "test", at: "last", bestOf: 1 }],
    source: {
      title: "Nielsen, Neural Networks and Deep Learning, 2015, chapter 3",
      url: "http://neuralnetworksanddeeplearning.com/chap3.html",
    },
    remark:
      "Chosen here as the best that ends within about ten seconds: sigmoid units and the cross-entropy as in the book, but twice as many units, mild deformations, and a falling learning rate; so it should be above the book's figure.",
    seconds: 10,
  },
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
      elastic: "6,36",
      rotation: 15,
      shear: 15,
      scaling: 15,
    },
    figures: [{ accuracy: 99.51, on: "test", at: "last", bestOf: 1 }],
    source: {
      title: "Cireşan et al., Deep, big, simple neural nets, Neural Comput. 22(12), 2010",
      url: "https://arxiv.org/abs/1003.0358",
    },
    remark:
      "Chosen here: the layers and kinds of deformations of Cireşan and others, but rectified units, momentum, and a learning rate that falls with the cosine; the paper quotes the epoch best on validation, this the last.",
    seconds: 1800,
  },
];
