/** A Slurm of one node for tests, with daemons of its own, which end with the test. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { temporaryDirectory } from "../data/fixtures.js";

const DAEMONS = ["/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd"];

/** Its daemons start jobs as other users, which only root may. */
export const hasSlurm = DAEMONS.every((file) => existsSync(file)) && process.getuid?.() === 0;
if (!hasSlurm) {
  const why = process.getuid?.() === 0 ? "it is not installed" : "only root can start it";
  process.stderr.write(`sweeps through Slurm are NOT TESTED, as ${why} (slurm-wlm, munge)\n`);
}

const execute = promisify(execFile);

export interface Slurm {
  /** By which its commands, and those that use them, find it. */
  readonly env: { readonly SLURM_CONF: string };
  /** Runs one of its commands, and resolves to what that prints. */
  readonly run: (command: string, ...args: readonly string[]) => Promise<string>;
}

/** @param maxArraySize how many tasks an array job may have */
export async function startSlurm(maxArraySize: number): Promise<Slurm> {
  const folder = temporaryDirectory();
  const file = (name: string) => join(folder, name);
  const [controller, node] = [await freePort(), await freePort()];
  writeFileSync(file("munge.key"), randomBytes(128), { mode: 0o400 });
  writeFileSync(
    file("slurm.conf"),
    `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=root
AuthInfo=socket=${file("munge.socket")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
StateSaveLocation=${file("state")}
SlurmdSpoolDir=${file("spool")}
SlurmctldPidFile=${file("slurmctld.pid")}
SlurmdPidFile=${file("slurmd.pid")}
SlurmctldLogFile=${file("slurmctld.log")}
SlurmdLogFile=${file("slurmd.log")}
MaxArraySize=${maxArraySize}
SchedulerParameters=sched_min_interval=0
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=1
PartitionName=all Nodes=ALL Default=YES
`,
  );
  const env = { SLURM_CONF: file("slurm.conf") };
  const slurm = (command: string, ...args: readonly string[]) =>
    execute(command, args, { env: { ...process.env, ...env } }).then(({ stdout }) => stdout);
  const [munged, slurmctld, slurmd] = DAEMONS as [string, string, string];
  const own = ["socket", "key", "log", "pid", "seed"].map((kind) => {
    const flag = kind === "socket" ? "--socket" : `--${kind}-file`;
    return `${flag}=${file(`munge.${kind}`)}`;
  });
  daemon(munged, ["--foreground", "--force", ...own], env);
  await until(() => existsSync(file("munge.socket")));
  daemon(slurmctld, ["-D"], env);
  daemon(slurmd, ["-D", "-N", hostname()], env);
  await until(
    async () => (await slurm("sinfo", "-h", "-o", "%T").catch(() => "")).trim() === "idle",
  );
  // Before the daemons are ended, as these would leave its jobs alone.
  onTestFinished(async () => {
    await slurm("scancel", "--me", "--signal=KILL", "--full").catch(() => "");
    await slurm("scancel", "--me").catch(() => "");
  });
  return { env, run: slurm };
}

function daemon(program: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks again and again until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(100);
}

/** The text of a file, empty as long as there is none. */
export function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
