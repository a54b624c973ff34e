/** The program for PyTorch: run where PyTorch and NumPy are installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matrixOf } from "../../src/autodiff/index.js";
import { pytorchProgram } from "../../src/export/index.js";
import { temporaryDirectory } from "../data/fixtures.js";
import { dataDirectory } from "../support/data-directory.js";
import { run } from "../support/here.js";
import { settingsWith } from "../support/training.js";

/** What the program needs of the package safetensors, where that is not installed. */
const READER = `
import json, struct
import torch

TYPES = {"F32": torch.float32, "F64": torch.float64}

def load_file(name):
    with open(name, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = bytearray(file.read())
    return {
        key: torch.frombuffer(body, dtype=TYPES[entry["dtype"]], offset=entry["data_offsets"][0],
                              count=max(1, torch.Size(entry["shape"]).numel())).reshape(entry["shape"])
        for key, entry in header.items() if key != "__metadata__"
    }
`;

const pythons = ["python3", "/usr/bin/python3"];
const python = pythons.find((each) => spawnSync(each, ["-c", "import torch"]).status === 0);
if (python === undefined) {
  process.stderr.write("PyTorch is not installed (python3-torch): exported programs are NOT RUN\n");
}
const kinds = [
  ["sigmoid", "quadratic", "engine"],
  ["tanh", "cross-entropy", "engine"],
  ["relu", "softmax", "reference"],
  ["scaled-tanh", "softmax", "engine"],
] as const;

/** The modules of a program, without PyTorch. */
function modulesOf(program: string): string[] {
  const [, list] = /nn\.Sequential\(\n([\s\S]*?)\n\)/.exec(program) ?? [];
  return (list ?? "").split("\n").map((line) => line.replace(/^ {4}(.*),$/, "$1"));
}

function programOf(sizes: readonly number[], numbers: typeof Float32Array | typeof Float64Array) {
  const layers = sizes.slice(1).map((rows, l) => ({
    w: matrixOf([rows, sizes[l]!], new numbers(rows * sizes[l]!)),
    b: matrixOf([rows, 1], new numbers(rows)),
  }));
  const settings = settingsWith({ activation: "scaled-tanh", cost: "softmax" });
  return pytorchProgram({ layers, settings }, "run.safetensors");
}

test("has an activation after each layer but the last, which has the output that the cost compares", () => {
  const program = programOf([6, 4, 3, 2], Float32Array);
  expect(modulesOf(program)).toEqual([
    ...["nn.Linear(6, 4)", "ScaledTanh()", "nn.Linear(4, 3)", "ScaledTanh()"],
    ...["nn.Linear(3, 2)", "nn.Softmax(dim=1)"],
  ]);
  expect(program).toContain("class ScaledTanh");
  expect(program).not.toMatch(/double\(\)\n|float64/);
});

test("has no activation for a network of one layer; float64 where the weights are", () => {
  const program = programOf([6, 2], Float64Array);
  expect(modulesOf(program)).toEqual(["nn.Linear(6, 2)", "nn.Softmax(dim=1)"]);
  expect(program).not.toContain("ScaledTanh");
  expect(program).toContain(").double()\n");
  expect(program).toContain("torch.float64");
});

test.skipIf(python === undefined).each(kinds)(
  "the program loads a %s network with %s cost of the %s, and reads as many images rightly",
  { timeout: 120_000 },
  async (activation, cost, executor) => {
    const folder = temporaryDirectory();
    const file = join(folder, "run.safetensors");
    const data = dataDirectory();
    const flags = ["--activation", activation, "--cost", cost, "--executor", executor];
    const sizes = ["--hidden", "9,8", "--epochs", "3", "--validation-size", "0"];
    const trained = await run(["--data-dir", data, ...flags, ...sizes, "--json", "--save", file]);
    const end = JSON.parse(trained.stdout.trim().split("\n").at(-1)!);
    const { stdout, code } = await run(["export", file, "--pytorch"]);
    expect(code).toBe(0);

    const hasReader = spawnSync(python!, ["-c", "import safetensors.torch"]).status === 0;
    if (!hasReader) {
      mkdirSync(join(folder, "safetensors"));
      writeFileSync(join(folder, "safetensors", "__init__.py"), "");
      writeFileSync(join(folder, "safetensors", "torch.py"), READER);
    }
    const test = `
import gzip, glob, os
def idx(part, offset):
    (name,) = glob.glob(os.path.join(${JSON.stringify(data)}, part + "*"))
    raw = open(name, "rb").read()
    raw = gzip.decompress(raw) if raw[:2] == b"\\x1f\\x8b" else raw
    return torch.frombuffer(bytearray(raw[offset:]), dtype=torch.uint8)
labels = idx("t10k-labels", 8)
print(accuracy(idx("t10k-images", 16).reshape(len(labels), -1), labels))
`;
    writeFileSync(join(folder, "program.py"), stdout + test);
    const outcome = spawnSync(python!, ["program.py"], { cwd: folder, encoding: "utf8" });
    expect(outcome.stderr).toBe("");
    expect(Number(outcome.stdout)).toBeCloseTo(end.testAccuracy, 10);
  },
);
