/**
 * Loaded before a program: its file operations are counted and named on stderr, and at the one whose
 * number AT gives, the process is killed (HOW=kill), or the operation fails with the code in HOW.
 * Writing counts twice: before, and with half of the bytes written.
 */
import files from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const { AT, HOW } = process.env;
let count = 0;

async function point(name) {
  process.stderr.write(`${name}\n`);
  count++;
  if (count !== Number(AT)) return;
  if (HOW !== "kill")
    throw Object.assign(new Error(`${HOW}: it failed, call '${name}'`), { code: HOW });
  process.kill(process.pid, "SIGKILL");
  await new Promise(() => setTimeout(() => {}, 60_000));
}

for (const name of ["realpath", "readdir", "rename", "rm"]) {
  const original = files[name];
  files[name] = async (...args) => {
    await point(name);
    return original(...args);
  };
}

const { open } = files;
files.open = async (path, flags, mode) => {
  const what = flags === "r" ? "directory" : "file";
  await point(`open ${what}`);
  const handle = await open(path, flags, mode);
  const { appendFile, sync, close } = handle;
  handle.appendFile = async (bytes) => {
    await point("write");
    const half = bytes.length >> 1;
    await appendFile.call(handle, bytes.subarray(0, half));
    await point("write the other half");
    await appendFile.call(handle, bytes.subarray(half));
  };
  handle.sync = async () => {
    await point(`synchronise ${what}`);
    await sync.call(handle);
  };
  handle.close = async () => {
    await close.call(handle);
  };
  return handle;
};

syncBuiltinESMExports();
