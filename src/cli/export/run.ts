/** `train-mnist export`: a run in the formats of other tools. */
import { type Checkpoint, weightsSha256 } from "../../checkpoints/index.js";
import { classNames, namesOrNumbers } from "../../data/class-names.js";
import { onnxModel, pytorchProgram } from "../../export/index.js";
import { sizesOf } from "../../training/index.js";
import { settingsInJson } from "../configuration/value.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { type FoundRun, readRuns } from "../runs/read.js";
import { checkTargets } from "../runs/targets.js";
import { visible } from "../terminal/visible.js";
import { packageVersion } from "../version.js";
import { writeBytes } from "../write-text.js";
import { writeTensorboard } from "./tensorboard.js";

export interface ExportFlags {
  readonly onnx?: string;
  readonly rawPixels?: boolean;
  readonly inputName?: string;
  readonly outputName?: string;
  readonly tensorboard?: string;
  readonly pytorch?: boolean;
}

/**
 * Resolves to the exit code; throws a UsageError, a DataError or a CheckpointError.
 */
export async function exportRun(file: string, flags: ExportFlags): Promise<ExitCode> {
  checkFlags(flags);
  const { onnx, tensorboard, pytorch } = flags;
  const runs = await readRuns([file]);
  if (onnx !== undefined) {
    await checkTargets([onnx], [file]);
    await writeBytes(onnx, onnxOf(networkIn(runs, file, "--onnx"), flags));
    process.stdout.write(`${visible(onnx)}\n`);
  }
  if (tensorboard !== undefined) {
    for (const written of await writeTensorboard(tensorboard, runs)) {
      process.stdout.write(`${visible(written)}\n`);
    }
  }
  if (pytorch) {
    const { layers, settings } = networkIn(runs, file, "--pytorch");
    process.stdout.write(pytorchProgram({ layers, settings }, file));
  }
  return exitCodes.success;
}

function checkFlags({ onnx, tensorboard, pytorch, ...model }: ExportFlags): void {
  if (onnx === undefined && tensorboard === undefined && !pytorch) {
    throw new UsageError(
      "export should be told what to write: --onnx <file>, --tensorboard <dir> or --pytorch",
    );
  }
  if (pytorch && (onnx !== undefined || tensorboard !== undefined)) {
    throw new UsageError("--pytorch prints a program, and is given alone");
  }
  const { rawPixels, inputName, outputName } = model;
  if (onnx === undefined && (rawPixels || inputName !== undefined || outputName !== undefined)) {
    throw new UsageError("--raw-pixels, --input-name and --output-name are for --onnx");
  }
  for (const [flag, name] of Object.entries({
    "--input-name": inputName,
    "--output-name": outputName,
  })) {
    if (name?.trim() === "") throw new UsageError(`${flag} should be a name, and is empty`);
  }
  if ((inputName ?? "images") === (outputName ?? "outputs")) {
    throw new UsageError("--input-name and --output-name should differ");
  }
}

function networkIn([found]: readonly FoundRun[], file: string, flag: string): Checkpoint {
  if (found?.checkpoint !== undefined) return found.checkpoint;
  throw new UsageError(
    `${flag} takes a network that --save has saved; ${visible(file)} has events only`,
  );
}

function onnxOf(checkpoint: Checkpoint, flags: ExportFlags): Uint8Array {
  const { layers, settings, dataset, reports, made } = checkpoint;
  const { inputName, outputName, rawPixels } = flags;
  const last = reports.at(-1);
  const count = sizesOf(layers).at(-1) as number;
  const classes = namesOrNumbers(classNames(dataset.name), count);
  const entries: readonly [string, string | undefined][] = [
    ["settings", JSON.stringify(settingsInJson(settings))],
    ["dataset", dataset.name],
    ["classes", JSON.stringify(classes)],
    ["epochs", String(reports.length)],
    ["test accuracy", last?.testAccuracy?.toString()],
    ["validation accuracy", last?.validationAccuracy?.toString()],
    ["weights sha256", weightsSha256(layers)],
    ["trained by", made && `train-mnist ${made.version}`],
  ];
  return onnxModel(
    { layers, settings },
    {
      ...(inputName !== undefined && { input: inputName }),
      ...(outputName !== undefined && { output: outputName }),
      ...(rawPixels && { takesBytes: true }),
      version: packageVersion(),
      metadata: new Map(entries.filter((each): each is [string, string] => each[1] !== undefined)),
    },
  );
}
