/** What is given of the settings, and by whom, for what has to say so, or depends on it. */

export interface Given {
  /** Whether a flag, or another source than the defaults, gives a setting. */
  has(name: string): boolean;
  flag(name: string): string;
  /** A remark on who has said the value, unless it was a flag: ` (of the recipe best)`. */
  whence(name: string): string;
  readonly recipe?: Followed;
}

/** The recipe of a run. */
export interface Followed {
  readonly name: string;
  /** The flags of the settings of how to train that the run does not have from it. */
  readonly except: readonly string[];
}

/** What is given where there are no flags. */
export const NOTHING: Given = { has: () => false, flag: (name) => name, whence: () => "" };
