/** Networks that the command has trained and saved. */
import { join } from "node:path";
import { expect } from "vitest";
import { temporaryDirectory } from "../data/fixtures.js";
import { run } from "./here.js";

/** Trains until the data is learnt, and saves; the file is removed at the end of the test. */
export async function savedNetwork(data: readonly string[], ...flags: string[]): Promise<string> {
  const file = join(temporaryDirectory(), "run.safetensors");
  const args = [...data, "--epochs", "20", "--lr", "3", "--validation-size", "0", "--save", file];
  const { code, stderr } = await run([...args, "--quiet", ...flags]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return file;
}
