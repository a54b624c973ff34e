/** `train-mnist data show`: looking at the images of a data set. */

import { classNames } from "../../data/class-names.js";
import { deforms } from "../../data/deformed/deformation.js";
import { type Deformation, deformed, type Images } from "../../data/index.js";
import { checkSettings } from "../../training/settings/compatibility.js";
import { completeSettings } from "../../training/settings/settings.js";
import { expectFetching, loadLocally } from "../dataset/load.js";
import type { PlaceFlags } from "../dataset/places.js";
import { UsageError } from "../errors/kinds.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { drawImages } from "../terminal/images.js";
import { paintFor, usualWidthOf } from "../terminal/streams.js";

export interface ShowFlags extends Deformation, PlaceFlags {
  readonly test?: boolean;
  readonly index: number;
  readonly label?: number;
  readonly count: number;
  readonly seed?: number;
  readonly epoch?: number;
}

export async function show(flags: ShowFlags): Promise<ExitCode> {
  const { stdout, env } = process;
  expectUsed(flags);
  expectFetching(flags);
  const { name, classes, train, test } = await loadLocally(flags);
  const images = flags.test ? test : train;
  const indices = matching(images, classes, flags);
  const drawn = deforms(flags) ? afterwards(images, indices, flags) : images;
  const names = classNames(name);
  const caption = (index: number) => {
    const label = images.labels[index] as number;
    return names === undefined ? `#${index} is a ${label}` : `#${index}: ${label}, ${names[label]}`;
  };
  const drawing = { width: usualWidthOf(stdout), paint: paintFor(stdout, env), caption };
  for (const line of drawImages(drawn, indices, drawing)) stdout.write(`${line}\n`);
  return exitCodes.success;
}

/** Throws a SettingsError or a {@link UsageError} if a flag says how to deform images that are not. */
function expectUsed(flags: ShowFlags): void {
  const { elastic, elasticField } = flags;
  checkSettings(
    completeSettings({ ...(elastic && { elastic }), ...(elasticField && { elasticField }) }),
  );
  if (deforms(flags)) return;
  const unused = (["epoch", "seed"] as const).find((name) => flags[name] !== undefined);
  if (unused === undefined) return;
  throw new UsageError(`--${unused} is for deformed images: add --elastic 6,36, for example`);
}

/** The images, those with these indices as training in an epoch would have them. */
function afterwards(images: Images, indices: readonly number[], flags: ShowFlags): Images {
  const { seed = 1, epoch = 1 } = flags;
  const pixels = images.pixels.slice();
  for (const index of indices) {
    const image = deformed(images, flags, { seed, epoch, index });
    pixels.set(image, index * image.length);
  }
  return { ...images, pixels };
}

/** The first `count` indices, from `index` on, of the images with the label that is asked for. */
function matching({ count, labels }: Images, classes: number, flags: ShowFlags): number[] {
  const { index, label } = flags;
  if (label !== undefined && label >= classes) {
    throw new UsageError(`--label ${label} should be at most ${classes - 1}, the last class`);
  }
  if (index >= count) {
    throw new UsageError(`--index ${index} should be at most ${count - 1}, the last image`);
  }
  const indices: number[] = [];
  for (let i = index; i < count && indices.length < flags.count; i++) {
    if (label === undefined || labels[i] === label) indices.push(i);
  }
  if (indices.length === 0) {
    throw new UsageError(
      `there is no image with --label ${label} from --index ${index} on: choose an earlier index`,
    );
  }
  return indices;
}
