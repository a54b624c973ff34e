/** A small data set for the tests of downloads: two files, one of them large enough to be cut. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DataRemedy } from "../../../src/data/errors.js";
import { DataError } from "../../../src/data/index.js";
import {
  type CatalogueEntry,
  type CatalogueFile,
  type ObtainOptions,
  obtainDataset,
} from "../../../src/data/remote/index.js";
import { temporaryDirectory } from "../fixtures.js";

/** Bytes that gzip does not shorten. */
export const content = createBytes(300_000);
export const packed = gzipSync(content);
/** As long as the content, and other than it. */
export const wrong = gzipSync(content.map((byte) => byte ^ 1));

function createBytes(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash("sha256").update(`block ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

const sha256 = (bytes: Uint8Array) =>
  ({ algorithm: "sha256", hex: createHash("sha256").update(bytes).digest("hex") }) as const;

/** The file in the catalogue, stored unpacked, as MNIST is. */
export const unpackedFile: CatalogueFile = {
  name: "file",
  remote: "file.gz",
  unpackedBytes: content.length,
  forms: [
    { suffix: "", bytes: content.length, digest: sha256(content) },
    { suffix: ".gz", bytes: packed.length, digest: sha256(packed) },
  ],
};

/** The file in the catalogue, stored packed, as the other data sets are. */
export const packedFile: CatalogueFile = {
  ...unpackedFile,
  forms: [{ suffix: ".gz", bytes: packed.length, digest: sha256(packed) }],
};

export function entryOf(mirrors: string[], ...files: CatalogueFile[]): CatalogueEntry {
  return {
    name: "fake",
    description: "bytes",
    mirrors,
    files: files.length > 0 ? files : [unpackedFile],
    licence: "none",
    source: "this test",
    labels: "none",
  };
}

export interface Attempt {
  readonly cacheDir: string;
  /** The message of the error, if there was one. */
  readonly error: string | undefined;
  /** What it proposes. */
  readonly remedies: readonly (DataRemedy | undefined)[];
  readonly messages: string[];
  /** What is in the data set's directory afterwards. */
  readonly files: string[];
  /** Whether the file is there and right. */
  readonly right: boolean;
}

/** Obtains the fake data set into a new cache, with little patience. */
export async function attempt(
  entry: CatalogueEntry,
  options: Partial<ObtainOptions> = {},
): Promise<Attempt> {
  const cacheDir = options.cacheDir ?? temporaryDirectory();
  const messages: string[] = [];
  const outcome = obtainDataset(entry, {
    env: {},
    patience: 400,
    limits: { stall: 400 },
    retries: { most: 2, pause: 1 },
    onMessage: (line) => messages.push(line),
    ...options,
    cacheDir,
  });
  const error: unknown = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return {
    cacheDir,
    error: error === undefined ? undefined : String(error instanceof Error ? error.message : error),
    remedies:
      (error instanceof DataError && error.advised?.advice.map((each) => each.remedy)) || [],
    messages,
    ...found(cacheDir),
  };
}

/** What a cache has of the fake data set. */
export function found(cacheDir: string): { files: string[]; right: boolean } {
  const directory = join(cacheDir, "fake");
  const files = listing(directory);
  const right = files.some((name) => {
    const bytes = readFileSync(join(directory, name));
    return (
      (name === "file" && bytes.equals(content)) || (name === "file.gz" && bytes.equals(packed))
    );
  });
  return { files, right };
}

function listing(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
