/** All that a server has to give: a list that is made before it listens, and to which nothing is added. */
import { readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlaceFlags } from "../dataset/places.js";
import { ServingError } from "../errors/kinds.js";
import { type Content, EVENTS, type Site } from "./content.js";
import { dataSets, usualSet } from "./data-sets.js";

/** A saved network to be looked at. */
export interface ServedRun {
  readonly name: string;
  readonly file: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Where the build puts the page. */
const PAGE = fileURLToPath(new URL("../../../page", import.meta.url));

/**
 * The page, the data sets that are on this machine, and saved runs. `data/index.json` says what there is, in
 * paths relative to the page: `{ sets: [{ name, classes, firstLabel, isTransposed, files }], runs: [{ name,
 * file }], begin, events }`, where `begin` names the set to begin with, unless it is the generated digits, and
 * `events` is there only if there is a run to watch.
 *
 * @throws {ServingError} if the page is not built
 */
export async function siteOf(
  places: PlaceFlags,
  runs: readonly ServedRun[],
  isLive: boolean,
): Promise<Site> {
  const site = new Map<string, Content>(pageFiles());
  const sets = await dataSets(places);
  for (const { files, paths } of sets) {
    for (const part of ["train", "test"] as const) {
      for (const kind of ["images", "labels"] as const) {
        site.set(paths[part][kind], fileContent(files[part][kind]));
      }
    }
  }
  const named = runs.map(({ name, file }, k) => {
    const path = `runs/${k}.safetensors`;
    site.set(path, fileContent(file));
    return { name, file: path };
  });
  const index = {
    sets: sets.map(({ paths, ...set }) => ({ ...set, files: paths })),
    runs: named,
    begin: usualSet(sets, places)?.name,
    ...(isLive && { events: EVENTS }),
  };
  site.set("data/index.json", { type: TYPES[".json"] as string, text: JSON.stringify(index) });
  return site;
}

function fileContent(file: string): Content {
  return { type: TYPES[extname(file)] ?? "application/octet-stream", file };
}

/** Regular files alone: no link leads out of the folder. */
function pageFiles(): [string, Content][] {
  try {
    const found = readdirSync(PAGE, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = found.map((file): [string, Content] => [
      relative(PAGE, file).split(sep).join("/"),
      fileContent(file),
    ]);
    const start = files.find(([path]) => path === "index.html");
    if (start !== undefined) return [...files, ["", start[1]]];
  } catch (cause) {
    throw new ServingError(NOT_BUILT, { cause });
  }
  throw new ServingError(NOT_BUILT);
}

const NOT_BUILT = "the page is not built: say npm run build in the folder of train-mnist first";
