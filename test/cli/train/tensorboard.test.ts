/** `--tensorboard`: a run written for TensorBoard while it is trained. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryDirectory } from "../../data/fixtures.js";
import { readEvents } from "../../export/events-reader.js";
import { linesOf } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { run } from "../../support/here.js";
import { expectRefusal } from "./short-run.js";

const small = ["--hidden", "6", "--validation-size", "10"];

function eventsIn(folder: string) {
  const [file, ...others] = readdirSync(folder);
  expect(file).toContain("tfevents");
  expect(others).toEqual([]);
  return readEvents(readFileSync(join(folder, file!)));
}

test("has an epoch's scalars and weights once, also after a resume, and changes no weight", async () => {
  const data = ["--data-dir", dataDirectory()];
  const [folder, file] = [join(temporaryDirectory(), "logs"), join(temporaryDirectory(), "r.st")];
  const flags = [...data, ...small, "--epochs", "2", "--save", file, "--json"];
  const first = await run([...flags, "--tensorboard", folder]);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
  const steps = () => eventsIn(folder).filter(({ scalars }) => "loss/train" in scalars);
  expect(steps().map(({ step }) => step)).toEqual([1, 2]);
  const pictures = eventsIn(folder).filter(({ images }) => "first layer" in images);
  expect(pictures.map(({ step }) => step)).toEqual([1, 2]);
  const more = ["--resume", file, "--epochs", "4", "--json", "--tensorboard", folder];
  const resumed = await run([...data, ...more]);
  expect(steps().map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  const times = steps().map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));

  const whole = await run([...data, ...small, "--epochs", "4", "--json"]);
  const ends = [resumed, whole].map(({ stdout }) => JSON.parse(linesOf(stdout).at(-1)!));
  expect(ends[0].weightsSha256).toBe(ends[1].weightsSha256);
  expect(steps().at(-1)!.scalars["accuracy/test"]).toBeCloseTo(ends[1].testAccuracy, 6);
});

test("has the times of its epochs by the clock, in seconds since 1970", async () => {
  const now = new Date("2026-01-02T03:04:05Z");
  vi.useFakeTimers({ toFake: ["Date"], now });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = temporaryDirectory();
  const flags = ["--data-dir", dataDirectory(), ...small, "--epochs", "1"];
  expect((await run([...flags, "--tensorboard", folder])).code).toBe(0);
  const times = eventsIn(folder).map(({ time }) => time);
  expect(new Set(times)).toEqual(new Set([now.getTime() / 1000]));
});

test("is refused with --dry-run, which has nothing to write", async () => {
  const folder = join(temporaryDirectory(), "logs");
  const args = ["--data-dir", dataDirectory(), ...small, "--dry-run", "--tensorboard", folder];
  expectRefusal(await run(args), 2, /--dry-run trains nothing that --tensorboard could write/);
  expect(existsSync(folder)).toBe(false);
});

test("replaces no events of another run, and trains nothing where it cannot write", async () => {
  const data = ["--data-dir", dataDirectory(), ...small, "--epochs", "1"];
  const folder = temporaryDirectory();
  await run([...data, "--tensorboard", folder]);
  const before = readFileSync(join(folder, readdirSync(folder)[0]!));
  const second = await run([...data, "--tensorboard", folder]);
  expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 2, stdout: "" });
  expect(second.stderr).toMatch(/^train-mnist: .* has the events of a run: [^\n]*\n$/);
  expect(readFileSync(join(folder, readdirSync(folder)[0]!)).equals(before)).toBe(true);

  const file = join(temporaryDirectory(), "other.st");
  await run([...data, "--seed", "2", "--save", file]);
  const resumed = ["--resume", file, "--epochs", "2", ...data.slice(0, 2), "--tensorboard", folder];
  for (const args of [resumed, ["export", file, "--tensorboard", folder]]) {
    const other = await run(args);
    expect({ code: other.code, stdout: other.stdout }).toEqual({ code: 2, stdout: "" });
    expect(readFileSync(join(folder, readdirSync(folder)[0]!)).equals(before)).toBe(true);
  }

  const inFile = join(folder, readdirSync(folder)[0]!, "logs");
  const third = await run([...data, "--tensorboard", inFile]);
  expect(third.code).toBe(1);
  expect(linesOf(third.stderr).at(-1)).toContain("Cannot make the folder");
  expect(existsSync(inFile)).toBe(false);
});
