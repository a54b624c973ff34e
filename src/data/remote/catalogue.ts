/**
 * The data sets that can be downloaded: where they are, and how to know that they are right.
 *
 * MNIST's digests are those of the original files. Those of Fashion-MNIST and KMNIST are from
 * TensorFlow Datasets (`url_checksums`); of QMNIST only the MD5 that torchvision checks is published.
 */
import { classNames } from "../class-names.js";

export interface Digest {
  readonly algorithm: "sha256" | "md5";
  readonly hex: string;
}

/** One form in which a file may lie in the cache, with what is published about its bytes. */
export interface StoredForm {
  /** What follows the file's name: `.gz` if it is stored as packed by its authors. */
  readonly suffix: "" | ".gz";
  /** The exact length, where it is known. */
  readonly bytes?: number;
  readonly digest: Digest;
}

export interface CatalogueFile {
  /** The name in the cache, without the suffix of its form. */
  readonly name: string;
  /** The name at the mirrors. */
  readonly remote: string;
  readonly unpackedBytes: number;
  /** The first is what a download is stored as; the others are also taken if found. */
  readonly forms: readonly [StoredForm, ...StoredForm[]];
}

export interface CatalogueEntry {
  readonly name: string;
  readonly description: string;
  /** URLs that end with a slash, in the order in which to try them. */
  readonly mirrors: readonly string[];
  readonly files: readonly CatalogueFile[];
  readonly licence: string;
  readonly source: string;
  /** What the classes 0 to 9 mean. */
  readonly labels: string;
}

const TRAIN_IMAGES = "train-images-idx3-ubyte";
const TRAIN_LABELS = "train-labels-idx1-ubyte";
const TEST_IMAGES = "t10k-images-idx3-ubyte";
const TEST_LABELS = "t10k-labels-idx1-ubyte";

/** The lengths of IDX files: 28×28 bytes for each image, one byte for each label. */
const imageBytes = (count: number) => 16 + count * 28 * 28;
const labelBytes = (count: number) => 8 + count;
/** Labels of rank 2: eight 32-bit integers for each image. */
const longLabelBytes = (count: number) => 12 + count * 8 * 4;

const sha256 = (hex: string): Digest => ({ algorithm: "sha256", hex });
const md5 = (hex: string): Digest => ({ algorithm: "md5", hex });

function mnistFile(
  name: string,
  unpackedBytes: number,
  unpacked: string,
  packedBytes: number,
  packed: string,
): CatalogueFile {
  return {
    name,
    remote: `${name}.gz`,
    unpackedBytes,
    forms: [
      { suffix: "", bytes: unpackedBytes, digest: sha256(unpacked) },
      { suffix: ".gz", bytes: packedBytes, digest: sha256(packed) },
    ],
  };
}

/** A file of which only the packed form has a published digest. */
function packedFile(
  name: string,
  unpackedBytes: number,
  form: Omit<StoredForm, "suffix">,
  remote = `${name}.gz`,
): CatalogueFile {
  return { name, remote, unpackedBytes, forms: [{ suffix: ".gz", ...form }] };
}

const DIGITS = "the digits 0 to 9";

function namesOf(dataset: string): string {
  return classNames(dataset)?.join(", ") ?? DIGITS;
}

/** The data sets that can be obtained by name, with the files of each. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    name: "mnist",
    description: "handwritten digits",
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://cdn.jsdelivr.net/gh/fgnt/mnist/",
    ],
    files: [
      mnistFile(
        TRAIN_IMAGES,
        imageBytes(60_000),
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      ),
      mnistFile(
        TRAIN_LABELS,
        labelBytes(60_000),
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      ),
      mnistFile(
        TEST_IMAGES,
        imageBytes(10_000),
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      ),
      mnistFile(
        TEST_LABELS,
        labelBytes(10_000),
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      ),
    ],
    licence: "CC BY-SA 3.0",
    source: "Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits",
    labels: DIGITS,
  },
  {
    name: "fashion-mnist",
    description: "pictures of clothes",
    mirrors: [
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ],
    files: [
      packedFile(TRAIN_IMAGES, imageBytes(60_000), {
        bytes: 26_421_880,
        digest: sha256("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
      }),
      packedFile(TRAIN_LABELS, labelBytes(60_000), {
        bytes: 29_515,
        digest: sha256("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
      }),
      packedFile(TEST_IMAGES, imageBytes(10_000), {
        bytes: 4_422_102,
        digest: sha256("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
      }),
      packedFile(TEST_LABELS, labelBytes(10_000), {
        bytes: 5_148,
        digest: sha256("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      }),
    ],
    licence: "MIT",
    source: "https://github.com/zalandoresearch/fashion-mnist",
    labels: namesOf("fashion-mnist"),
  },
  {
    name: "kmnist",
    description: "cursive Japanese characters",
    mirrors: ["http://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
    files: [
      packedFile(TRAIN_IMAGES, imageBytes(60_000), {
        bytes: 18_165_135,
        digest: sha256("51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
      }),
      packedFile(TRAIN_LABELS, labelBytes(60_000), {
        bytes: 29_497,
        digest: sha256("e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
      }),
      packedFile(TEST_IMAGES, imageBytes(10_000), {
        bytes: 3_041_136,
        digest: sha256("edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
      }),
      packedFile(TEST_LABELS, labelBytes(10_000), {
        bytes: 5_120,
        digest: sha256("20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
      }),
    ],
    licence: "CC BY-SA 4.0",
    source: "https://github.com/rois-codh/kmnist",
    labels: `the hiragana ${namesOf("kmnist")}`,
  },
  {
    name: "qmnist",
    description: "MNIST with 60,000 test digits",
    mirrors: ["https://raw.githubusercontent.com/facebookresearch/qmnist/master/"],
    files: [
      packedFile(
        TRAIN_IMAGES,
        imageBytes(60_000),
        { digest: md5("ed72d4157d28c017586c42bc6afe6370") },
        "qmnist-train-images-idx3-ubyte.gz",
      ),
      packedFile(
        TRAIN_LABELS,
        longLabelBytes(60_000),
        { digest: md5("0058f8dd561b90ffdd0f734c6a30e5e4") },
        "qmnist-train-labels-idx2-int.gz",
      ),
      packedFile(
        TEST_IMAGES,
        imageBytes(60_000),
        { digest: md5("1394631089c404de565df7b7aeaf9412") },
        "qmnist-test-images-idx3-ubyte.gz",
      ),
      packedFile(
        TEST_LABELS,
        longLabelBytes(60_000),
        { digest: md5("5b5b05890a5e13444e108efe57b788aa") },
        "qmnist-test-labels-idx2-int.gz",
      ),
    ],
    licence: "BSD-style",
    source: "https://github.com/facebookresearch/qmnist",
    labels: `${DIGITS}, in column 0 of eight; the others tell where the digit is from`,
  },
];

/** The entry of a data set, if there is one of this name. */
export function catalogueEntry(name: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => entry.name === name);
}
