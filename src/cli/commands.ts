/** The commands. Only the one that is asked for is loaded: its flags, and later what it does. */
import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.js";

/** Gives a command its flags and its action; `finish` is told the exit code. */
export type Define = (command: Command, finish: (code: ExitCode) => void) => void;

export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<Define>;
}

/** The default, whose flags are also those of `train-mnist` without a command. */
export const trainEntry: CommandEntry = {
  name: "train",
  description: "train a network on MNIST, with a report after each epoch",
  load: async () => (await import("./train/command.js")).defineTrain,
};

export const commandEntries: readonly CommandEntry[] = [
  trainEntry,
  {
    name: "view",
    description: "train, draw, step and look, on a page in a browser",
    load: async () => (await import("./view/command.js")).defineView,
  },
  {
    name: "evaluate",
    description: "test a saved network: accuracy, each class, the worst mistakes",
    load: async () => (await import("./evaluate/command.js")).defineEvaluate,
  },
  {
    name: "predict",
    description: "say which digits a saved network sees in images",
    load: async () => (await import("./predict/command.js")).definePredict,
  },
  {
    name: "show",
    description: "print what a saved run holds: settings, accuracies, data",
    load: async () => (await import("./show/command.js")).defineShow,
  },
  {
    name: "data",
    description: "list, fetch, verify and show data sets",
    load: async () => (await import("./data/command.js")).defineData,
  },
  {
    name: "recipes",
    description: "list published runs that --recipe repeats, with their figures",
    load: async () => (await import("./recipes/command.js")).defineRecipes,
  },
  {
    name: "reproduce",
    description: "repeat published runs, and report how the figures compare",
    load: async () => (await import("./reproduce/command.js")).defineReproduce,
  },
  {
    name: "sweep",
    description: "train many settings and seeds, on one machine or many",
    load: async () => (await import("./sweep/command.js")).defineSweep,
  },
  {
    name: "report",
    description: "draw runs into one HTML file: curves, mistakes, weights",
    load: async () => (await import("./report/command.js")).defineReport,
  },
  {
    name: "compare",
    description: "compare runs in a table: settings, accuracy, time",
    load: async () => (await import("./compare/command.js")).defineCompare,
  },
  {
    name: "export",
    description: "write a run for other tools: ONNX, TensorBoard, PyTorch",
    load: async () => (await import("./export/command.js")).defineExport,
  },
  {
    name: "backprop",
    description: "derive backpropagation, and check every step of it",
    load: async () => (await import("./backprop/command.js")).defineBackprop,
  },
];
