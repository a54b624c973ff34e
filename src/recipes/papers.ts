/** Published runs of others, as near to them as the flags come. */
import type { Recipe } from "./recipe.js";

const simard: Recipe = {
  name: "simard-800",
  settings: {
    epochs: 100,
    learningRate: 0.1,
    schedule: "cosine",
    lrEnd: 0.0001,
    batchSize: 10,
    hidden: [800],
    activation: "tanh",
    cost: "softmax",
    init: "default",
    optimizer: "sgd",
    lambda: 0,
    momentum: 0,
    elastic: { sigma: 4, alpha: 34 },
    elasticField: 29,
    trainSize: 50_000,
    validationSize: 10_000,
  },
  figures: [{ accuracy: 99.3, on: "test", at: "best on validation", bestOf: 1 }],
  source: {
    title: "Simard, Steinkraus, Platt, Best practices for CNNs, ICDAR 2003",
    url: "https://doi.org/10.1109/ICDAR.2003.1227801",
  },
  seconds: 300,
};

const { elasticField, ...unnormalised } = simard.settings;

export const papers: readonly Recipe[] = [
  {
    name: "keras-mlp",
    settings: {
      epochs: 20,
      learningRate: 0.001,
      batchSize: 128,
      hidden: [512, 512],
      activation: "relu",
      cost: "softmax",
      init: "glorot",
      optimizer: "rmsprop",
      lambda: 0,
      dropout: 0.2,
      trainSize: 60_000,
      validationSize: 0,
    },
    figures: [{ accuracy: 98.4, on: "test", at: "last", bestOf: 1 }],
    source: {
      title: "Keras, examples/mnist_mlp.py",
      url: "https://github.com/keras-team/keras/blob/2.3.1/examples/mnist_mlp.py",
    },
    seconds: 75,
  },
  simard,
  {
    ...simard,
    name: "simard-800-unnormalised",
    settings: unnormalised,
  },
  {
    name: "ciresan-1000-500",
    settings: {
      epochs: 100,
      learningRate: 0.03,
      schedule: "cosine",
      lrEnd: 0.00001,
      batchSize: 10,
      hidden: [1000, 500],
      activation: "scaled-tanh",
      cost: "softmax",
      init: "uniform",
      optimizer: "sgd",
      lambda: 0,
      momentum: 0,
      elastic: { sigma: 5.5, alpha: 37 },
      rotation: 15,
      shear: 15,
      scaling: 17.5,
      trainSize: 50_000,
      validationSize: 10_000,
    },
    figures: [{ accuracy: 99.51, on: "test", at: "best on validation", bestOf: 1 }],
    source: {
      title: "Cireşan et al., Deep, big, simple neural nets, Neural Comput. 22(12), 2010",
      url: "https://arxiv.org/abs/1003.0358",
    },
    seconds: 1000,
  },
];
