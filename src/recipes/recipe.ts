/** A run: its settings, and the figures that were published for it, or to compare it with. */
import type { Settings } from "../training/settings/settings.js";

export interface Recipe {
  readonly name: string;
  /** The settings that make the run; all others have their defaults. */
  readonly settings: Partial<Settings>;
  readonly figures: readonly [Figure, ...Figure[]];
  readonly source: Source;
  /** For a run that nobody has published: the recipe, or the authors, whose figures stand beside it. */
  readonly comparedWith?: string;
  /** About how long a run takes on one core, in seconds. */
  readonly seconds: number;
}

/** Who published it, and where. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** An accuracy, and how it was measured. */
export interface Figure {
  /** In per cent. */
  readonly accuracy: number;
  readonly on: "test" | "validation";
  /** The epoch of this number, the last, or the one best on `on`, or on the validation images. */
  readonly at: number | "last" | "best" | "best on validation";
  /** Of how many runs it is the best. */
  readonly bestOf: number;
}

/** 95.42% test, best epoch, best of 3 runs */
export function measureInWords({ accuracy, on, at, bestOf }: Figure): string {
  const epoch = typeof at === "number" ? `epoch ${at}` : EPOCHS[at];
  const runs = bestOf === 1 ? "" : `, best of ${bestOf} runs`;
  return `${accuracy.toFixed(2)}% ${on}, ${epoch}${runs}`;
}

const EPOCHS = {
  last: "last epoch",
  best: "best epoch",
  "best on validation": "epoch best on validation",
} as const;
