import { expect, test } from "vitest";
import { commandFor } from "../../../src/page/training/command.js";
import { completeSettings } from "../../../src/training/index.js";

test.each([
  ["generated", "--dataset generated"],
  ["fashion-mnist", "--dataset fashion-mnist"],
  ["files of your own", "--data-dir FOLDER"],
  ["emnist-letters", "--data-dir FOLDER --dataset emnist-letters"],
])("the command for %s says where its images are: %s", (dataset, words) => {
  const settings = completeSettings({ seed: 5 });
  const command = commandFor(settings, undefined, dataset);
  expect(command).toBe(`npx train-mnist ${words} --learning-rate 0.5 --seed 5`);
});
