/** What the classes of known data sets are called. */

const TEN = [..."0123456789"];
const UPPER = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const LOWER = [..."abcdefghijklmnopqrstuvwxyz"];

/** In these splits of EMNIST, small letters that look like capital ones are in one class with them. */
const MERGED = [...TEN, ...UPPER, ..."abdefghnqrt"];

/**
 * As their publishers have them: github.com/zalandoresearch/fashion-mnist and rois-codh/kmnist, and the
 * mappings that come with EMNIST.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "fashion-mnist": [
    ...["T-shirt/top", "trouser", "pullover", "dress", "coat"],
    ...["sandal", "shirt", "sneaker", "bag", "ankle boot"],
  ],
  "emnist-balanced": MERGED,
  "emnist-byclass": [...TEN, ...UPPER, ...LOWER],
  "emnist-bymerge": MERGED,
  "emnist-letters": UPPER,
  kmnist: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
};

/** The names of the classes of a data set; undefined if they are digits, or not known. */
export function classNames(dataset: string): readonly string[] | undefined {
  return Object.hasOwn(NAMES, dataset) ? NAMES[dataset] : undefined;
}

/** These names if there is one for each of so many classes; else their numbers. */
export function namesOrNumbers(
  names: readonly string[] | undefined,
  count: number,
): readonly string[] {
  return names?.length === count ? names : Array.from({ length: count }, (_, k) => String(k));
}
