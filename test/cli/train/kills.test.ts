/**
 * Training that is killed at random moments, and resumed each time. `npm test` kills it 20 times,
 * `npm run kills` 500 times, or as often as KILLS says; KILL_SEED chooses other moments.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCheckpoint } from "../../../src/checkpoints/index.js";
import { generator, uniform } from "../../../src/random.js";
import { temporaryDirectory } from "../../data/fixtures.js";
import { linesOf, outcomeOf, run, start } from "../../support/command.js";
import { dataDirectory } from "../../support/data-directory.js";
import { separableDataset } from "../../support/digits.js";

const { KILLS = "20", KILL_SEED = "1" } = process.env;
const [kills, seed] = [Number(KILLS), Number(KILL_SEED)];

/** In milliseconds after a run has begun; a run takes a little longer. */
const LATEST_KILL = 400;

const FLAGS = [
  ...["--epochs", "20", "--hidden", "30", "--batch-size", "5", "--validation-size", "100"],
  ...["--optimizer", "adam", "--dropout", "0.1", "--learning-rate", "0.01", "--json"],
];

/** What may differ between the runs that together make one: how often they save, and threads. */
const VARIANTS = [
  ["--save-every", "0.005s", "--threads", "1"],
  ["--save-every", "1", "--threads", "2", "--keep-best"],
  ["--save-every", "0.02s", "--threads", "2"],
  ["--save-every", "3", "--threads", "1", "--keep-best"],
];

const endOf = (stdout: string): string =>
  (JSON.parse(linesOf(stdout).at(-1)!) as { weightsSha256: string }).weightsSha256;

/** Starts a run, and kills it so many milliseconds after its first line, if it is not done by then. */
async function runFor(milliseconds: number | undefined, args: readonly string[]) {
  const child = start(args);
  let timer: NodeJS.Timeout | undefined;
  if (milliseconds !== undefined) {
    child.stdout.once("data", () => {
      timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    });
  }
  const outcome = await outcomeOf(child);
  clearTimeout(timer);
  return outcome;
}

/** Every file in a directory that is not a temporary one must be whole. */
async function expectWholeFiles(directory: string): Promise<void> {
  const names = readdirSync(directory).filter((name) => !name.startsWith("."));
  for (const name of names) await readCheckpoint(join(directory, name));
}

describe("a run that is killed", () => {
  test(
    `${kills} times (KILL_SEED=${seed}), and taken up each time, ends with the same weights`,
    async () => {
      const data = ["--data-dir", dataDirectory(separableDataset(1500, 50))];
      const expected = endOf((await run([...data, ...FLAGS])).stdout);
      let killed = 0;
      let chains = 0;

      /** One run, killed until it ends; not any more once there are enough kills. */
      async function chain(directory: string): Promise<void> {
        const random = generator(seed, `kills ${chains++}`);
        const file = join(directory, "model.safetensors");
        for (;;) {
          const variant = VARIANTS[Math.floor(VARIANTS.length * uniform(random))]!;
          const patience = killed < kills ? LATEST_KILL * uniform(random) : undefined;
          const where = [existsSync(file) ? "--resume" : "--save", file];
          const { code, stdout, stderr } = await runFor(patience, [
            ...data,
            ...FLAGS,
            ...variant,
            ...where,
          ]);
          await expectWholeFiles(directory);
          if (code === null) {
            killed++;
            continue;
          }
          expect({ code, stderr, end: endOf(stdout) }).toEqual({
            code: 0,
            stderr: "",
            end: expected,
          });
          return;
        }
      }

      const directories = [temporaryDirectory(), temporaryDirectory()];
      const inTurn = async (directory: string) => {
        while (killed < kills) {
          await chain(directory);
          const stale = readdirSync(directory).filter((name) =>
            name.startsWith(".model.safetensors"),
          );
          expect(stale).toEqual([]);
          rmSync(join(directory, "model.safetensors"));
        }
      };
      await Promise.all(directories.map(inTurn));
      expect(killed).toBeGreaterThanOrEqual(kills);
    },
    60_000 + 4_000 * kills,
  );
});
