import { describe, expect, test } from "vitest";
import { namesOf } from "../../../src/cli/runs/names.js";

function namesOfFiles(...files: readonly string[]): string[] {
  return namesOf(files.map((file) => ({ name: "", file })));
}

describe("runs are called as", () => {
  test.each([
    ["their files", ["a/wide.safetensors", "b/deep.jsonl"], ["wide", "deep"]],
    ["their folders, if their files are called the same", ["a/x.jsonl", "b/x.jsonl"], ["a", "b"]],
    [
      "their settings, in the folders of a sweep",
      [
        "s/runs/hidden=30_seed=1-fbeef0d2/model.safetensors",
        "s/runs/run-5df77cfe/model.safetensors",
      ],
      ["hidden=30_seed=1", "run"],
    ],
    [
      "their files, with numbers, in one folder",
      ["a/x.jsonl", "a/x.jsonl", "a/../a/x.safetensors"],
      ["x (1)", "x (2)", "x (3)"],
    ],
    [
      "their folders, with numbers, if these are called the same",
      ["a/c/x.jsonl", "b/c/x.jsonl", "d/x.jsonl"],
      ["c (1)", "c (2)", "d"],
    ],
    ["their files in the uppermost folder", ["/x.jsonl", "/a/x.jsonl"], ["x", "a"]],
  ])("%s", (_, files, names) => {
    expect(namesOfFiles(...files)).toEqual(names);
  });

  test("they are named, whatever their files are, each in another way", () => {
    const files = ["a/x.jsonl", "b/x.jsonl", "c/x.jsonl", "d/x.jsonl"];
    const given = ["wide", "wide", "wide (1)", ""];
    const runs = files.map((file, k) => ({ name: given[k]!, file }));
    expect(namesOf(runs)).toEqual(["wide (2)", "wide (3)", "wide (1)", "x"]);
  });
});
