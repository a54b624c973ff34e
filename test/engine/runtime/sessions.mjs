/** Loads, runs and disposes sessions one after the other, and prints by how much the process grew. */
import { setTimeout } from "node:timers/promises";

const [root, cycles, threads, images] = process.argv.slice(2);
const { columns, matmul, multiply, variable } = await import(`${root}/autodiff/index.js`);
const { engine } = await import(`${root}/engine/index.js`);

const PIXELS = 784;
const count = Number(images);
const pixels = new Uint8Array(PIXELS * count).fill(1);

/** One session; every page of its lists of images is used. */
function cycle() {
  const all = variable([PIXELS, count], { storage: "byte" });
  const [w, z] = [variable([10, PIXELS]), variable([10, 20])];
  const value = multiply(2, matmul(w, columns(all, variable([1, 20]))));
  const session = engine({ threads: Number(threads) }).load(
    { program: [{ variable: z, value }] },
    new Map([[all, pixels]]),
  );
  session.run("program", 3);
  session.dispose();
}

/** What the process holds once it has had time to give back what it can. */
async function settled() {
  for (let round = 0; round < 5; round++) {
    globalThis.gc();
    await setTimeout(20);
  }
  return process.memoryUsage.rss();
}

async function repeat(times) {
  for (let time = 0; time < times; time++) {
    cycle();
    // Threads end, and memory is given back, between two turns of the event loop.
    await setTimeout(threads === "1" ? 0 : 20);
    if (time % 5 === 0) globalThis.gc();
  }
}

await repeat(5);
const before = await settled();
await repeat(Number(cycles));
process.stdout.write(`${(await settled()) - before}\n`);
