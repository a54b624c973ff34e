import { expect, test } from "vitest";
import { groupsOf } from "../../src/report/groups.js";
import { runWith } from "./examples.js";

/** The names of the groups of runs with these names and learning rates, each with a seed of its own. */
function groupNames(runs: readonly (readonly [name: string, learningRate: number])[]): string[] {
  const reported = runs.map(([name, learningRate], seed) => {
    return runWith({ name, settings: { learningRate, seed } });
  });
  return groupsOf(reported).map(({ name }) => name);
}

test.each<[string, [string, number][], string[]]>([
  [
    "what their runs are called without their seeds",
    [
      ["hidden=30_seed=1_lr=1", 1],
      ["hidden=30_seed=23_lr=1", 1],
      ["wide, seed 1", 2],
      ["wide, seed 2", 2],
    ],
    ["hidden=30_lr=1, 2 seeds", "wide, 2 seeds"],
  ],
  ["their run, if it is the only one", [["wide, seed 1", 1]], ["wide, seed 1"]],
  [
    "their first run, if the names have no more in common",
    [
      ["a", 1],
      ["b", 1],
      ["seed=1", 2],
      ["seed=2", 2],
    ],
    ["a and 1 more seed", "seed=1 and 1 more seed"],
  ],
  [
    "their first run, if another group would be called the same",
    [
      ["seed=1_wide", 1],
      ["seed=2_wide", 1],
      ["seed=3_wide", 2],
      ["seed=4_wide", 2],
    ],
    ["seed=1_wide and 1 more seed", "seed=3_wide and 1 more seed"],
  ],
])("groups are called as %s", (_, runs, names) => {
  expect(groupNames(runs)).toEqual(names);
});
