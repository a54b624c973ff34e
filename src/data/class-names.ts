/** What the classes of known data sets are called. */

/** As their publishers have them: github.com/zalandoresearch/fashion-mnist and rois-codh/kmnist. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "fashion-mnist": [
    ...["T-shirt/top", "trouser", "pullover", "dress", "coat"],
    ...["sandal", "shirt", "sneaker", "bag", "ankle boot"],
  ],
  kmnist: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
};

/** The names of the classes of a data set; undefined if they are digits, or not known. */
export function classNames(dataset: string): readonly string[] | undefined {
  return Object.hasOwn(NAMES, dataset) ? NAMES[dataset] : undefined;
}
