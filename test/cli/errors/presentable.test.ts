import { describe, expect, test } from "vitest";
import { presentable, shortened } from "../../../src/cli/errors/presentable.js";
import { commandToResume } from "../../../src/cli/train/resumption.js";
import { run } from "../../support/here.js";

describe("a name and a password in a message", () => {
  test.each([
    ["'ftp://me:secret@host/' is invalid", "'ftp://…@host/' is invalid"],
    ["'https://secret@host/'", "'https://…@host/'"],
    ["me:secret@host", "…@host"],
    ['"http://me:se@cret/#@host"', '"http://…@host"'],
    ["--mirror=http://:secret@host: why", "--mirror=http://…@host: why"],
  ])("are left out: %s", (text, expected) => {
    expect(presentable(text)).toBe(expected);
  });

  test.each(["https://host:80/a", "'C:\\data' at 12:30", "mail me@home", "a, b: c"])(
    "are not seen where there are none: %s",
    (text) => {
      expect(presentable(text)).toBe(text);
    },
  );
});

test("a long text is shortened", () => {
  expect(shortened("x".repeat(60))).toBe("x".repeat(60));
  expect(shortened("x".repeat(61))).toBe(`${"x".repeat(60)}… (61 characters)`);
  expect(presentable(`'${"x".repeat(1_000_000)}' is long`)).toBe(
    `'${"x".repeat(300)}… (1000000 characters)' is long`,
  );
});

describe("the password of a mirror is not printed", () => {
  const mirror = "ftp://me:secret@127.0.0.1/";

  test.each([
    { where: "a flag", args: ["--mirror", mirror], env: {} },
    { where: "a flag of data fetch", args: ["data", "fetch", `--mirror=${mirror}`], env: {} },
    { where: "the environment", args: [], env: { TRAIN_MNIST_MIRROR: mirror } },
  ])("by the refusal of $where", async ({ args, env }) => {
    const { code, stderr } = await run(args, env);
    expect(code).toBe(2);
    expect(stderr).toContain("…@127.0.0.1");
    expect(stderr).not.toMatch(/secret|me:/);
  });

  test("by --print-config", async () => {
    const { stdout } = await run(["--mirror", "http://me:secret@127.0.0.1/a", "--print-config"]);
    expect(JSON.parse(stdout)).toMatchObject({ mirror: "http://127.0.0.1/a" });
  });

  test("in the command that resumes a run", () => {
    const args = [
      "--mirror",
      mirror,
      "--seed",
      "3",
      `--mirror=${mirror}`,
      "--overwrite",
      "--save=m",
    ];
    expect(commandToResume("npx train-mnist", args, "m")).toBe(
      "npx train-mnist --seed 3 --resume m",
    );
  });
});
