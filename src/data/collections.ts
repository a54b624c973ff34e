/** The data sets whose files are known by their names: how these are called, and what is in them. */
import { CLASSES } from "./dataset.js";

/** The two files of a part: their kinds, or their paths. */
export interface PartFiles {
  readonly images: string;
  readonly labels: string;
}

/** Training images or test images, each with their labels. */
export type Part = "train" | "test";

export interface Collection {
  /** Undefined for files that are called as those of MNIST, whatever they hold. */
  readonly name: string | undefined;
  /** The names of files without `.gz`; where there is a space, `-` or `.` may be. */
  readonly files: Readonly<Record<Part, PartFiles>>;
  readonly classes: number;
  /** The label of the first class. */
  readonly firstLabel: number;
  /** Whether images are stored column by column, so that rows and columns have to be exchanged. */
  readonly isTransposed: boolean;
}

const digits = { classes: CLASSES, firstLabel: 0, isTransposed: false } as const;

const mnist: Collection = {
  name: undefined,
  files: {
    train: { images: "train-images idx3-ubyte", labels: "train-labels idx1-ubyte" },
    test: { images: "t10k-images idx3-ubyte", labels: "t10k-labels idx1-ubyte" },
  },
  ...digits,
};

/** Yadav and Bottou, "Cold case: the lost MNIST digits", NeurIPS 2019; labels are rows of eight numbers. */
const qmnist: Collection = {
  name: "qmnist",
  files: {
    train: { images: "qmnist-train-images idx3-ubyte", labels: "qmnist-train-labels idx2-int" },
    test: { images: "qmnist-test-images idx3-ubyte", labels: "qmnist-test-labels idx2-int" },
  },
  ...digits,
};

/** A split of EMNIST: Cohen, Afshar, Tapson and van Schaik, IJCNN 2017. */
function emnist(split: string, classes: number, firstLabel = 0): Collection {
  const part = (name: string): PartFiles => ({
    images: `emnist-${split}-${name}-images idx3-ubyte`,
    labels: `emnist-${split}-${name}-labels idx1-ubyte`,
  });
  const files = { train: part("train"), test: part("test") };
  return { name: `emnist-${split}`, files, classes, firstLabel, isTransposed: true };
}

/** What comes first is taken where a folder has several without a choice. */
export const collections: readonly Collection[] = [
  mnist,
  qmnist,
  emnist("balanced", 47),
  emnist("byclass", 62),
  emnist("bymerge", 47),
  emnist("digits", CLASSES),
  emnist("letters", 26, 1),
  emnist("mnist", CLASSES),
];

/** The names of those of which one folder usually has several. */
export const splitNames = collections.flatMap(({ name }) =>
  name?.startsWith("emnist-") ? [name] : [],
);

/** Whether a file, by its name, has its images stored column by column. */
export function isTransposedFile(name: string): boolean {
  return /^emnist-\w+-(train|test)-images[-.]idx3-ubyte(\.gz)?$/.test(name);
}
