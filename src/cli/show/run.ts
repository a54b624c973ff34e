/** `train-mnist show`: what the file of a saved run holds. */

import { readCheckpoint, weightsSha256 } from "../../checkpoints/index.js";
import { sizesOf } from "../../training/index.js";
import { settingsInJson } from "../configuration/value.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { usualWidthOf } from "../terminal/streams.js";
import { savedText } from "./text.js";

export interface ShowFlags {
  readonly json?: boolean;
}

/** Resolves to the exit code; throws a CheckpointError if the file is no saved run. */
export async function show(file: string, { json }: ShowFlags): Promise<ExitCode> {
  const { stdout } = process;
  const checkpoint = await readCheckpoint(file);
  const { layers, settings, flags, dataset, made, reports, images } = checkpoint;
  const { name, startFrom } = flags as { readonly name?: unknown; readonly startFrom?: unknown };
  const shown = {
    file,
    ...(typeof name === "string" && { name }),
    dataset,
    layers: sizesOf(layers),
    parameters: layers.reduce((sum, { w, b }) => sum + w.data.length + b.data.length, 0),
    weightsSha256: weightsSha256(layers),
    ...(typeof startFrom === "string" && { startFrom }),
    made,
    images,
  };
  if (json) {
    const values = { ...shown, settings: settingsInJson(settings), flags, epochs: reports };
    stdout.write(`${JSON.stringify(values)}\n`);
  } else {
    const text = savedText({ ...shown, settings, reports }, usualWidthOf(stdout));
    for (const line of text) stdout.write(`${line}\n`);
  }
  return exitCodes.success;
}
