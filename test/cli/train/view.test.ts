/** Runs that are shown on a page while they are trained. */
import { renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RunEvent } from "../../../src/live/index.js";
import { linesOf, run } from "../../support/command.js";
import { ask, connection, pageOf, servePage, watch } from "../../support/served.js";
import { hasTerminal, startInTerminal } from "../../support/terminal.js";
import { endOf, eventsOf, prepare } from "./short-run.js";

/** Long enough that viewers come while it is trained. */
const LONGER = ["--epochs", "200", "--hidden", "200", "--elastic", "4,30", "--json"];
const ENDLESS = ["--epochs", "1000000", "--hidden", "100"];

const kinds = (events: readonly { event: string }[]) => events.map(({ event }) => event);

describe("a run with --view", () => {
  test("prints and computes the same as without, while viewers come, reload and vanish", async () => {
    const { flags } = prepare();
    const alone = await run([...flags, ...LONGER]);
    const page = await servePage([...flags, ...LONGER, "--view"]);
    // One who never reads, and one who breaks off in the middle of a request.
    const deaf = await connection(page);
    deaf.pause();
    deaf.write(`GET ${page.base}events HTTP/1.1\r\nHost: 127.0.0.1:${page.port}\r\n\r\n`);
    (await connection(page)).end("GET /");
    const faithful = await watch(page);
    await faithful.until("progressed");
    for (let reload = 0; reload < 5; reload++) {
      const other = await watch(page);
      await other.until("joined");
      other.leave();
    }
    const outcome = await page.outcome;
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toBe(`watch the run at ${page.address}\n`);
    expect(endOf(outcome)).toBe(endOf(alone));
    expect(kinds(eventsOf(outcome))).toEqual(kinds(eventsOf(alone)));
    const { weightsSha256 } = eventsOf(alone).at(-1)!;
    expect(await faithful.over).toBe(true);
    expect(faithful.events.at(-1)).toEqual({ event: "ended", reason: "finished", weightsSha256 });
    expect(deaf.destroyed).toBe(false);
  });

  test("tells one who comes later all that was told before", async () => {
    const { flags } = prepare();
    const page = await servePage([...flags, ...LONGER, "--view"]);
    const first = await watch(page);
    await first.until("epoch");
    const later = await watch(page);
    await later.until("joined");
    expect(later.events[0]).toMatchObject({
      event: "joined",
      view: { started: { layers: [100, 200, 10] } },
    });
    expect(later.view().epochs[0]?.epoch).toBe(1);
    await Promise.all([first.over, later.over]);
    const reported = eventsOf(await page.outcome).filter(({ event }) => event === "epoch");
    for (const watcher of [first, later]) {
      const { epochs, started, snapshot, ended } = watcher.view();
      expect(epochs.map(({ loss }) => loss)).toEqual(
        reported.map((each) => (each as { loss?: number }).loss),
      );
      expect(started?.digits.length).toBe(20);
      expect(snapshot?.outputs.length).toBe(20);
      expect(ended?.reason).toBe("finished");
    }
  });

  test("has the events in the index of its data, and the page", async () => {
    const { flags } = prepare();
    const page = await servePage([...flags, ...ENDLESS, "--view"]);
    const { body } = await ask(page, `${page.base}data/index.json`);
    expect(JSON.parse(body.toString())).toMatchObject({ events: "events" });
    expect((await ask(page, page.base)).status).toBe(200);
    const head = await ask(page, `${page.base}events`, { method: "HEAD" });
    expect(head.headers["content-type"]).toBe("text/event-stream");
    const rebound = await ask(page, `${page.base}events`, { headers: { Host: "evil.example" } });
    expect(rebound.status).toBe(403);
    expect((await ask(page, "/events")).status).toBe(404);
  });

  test("shows the epochs before it, if it is resumed", async () => {
    const { flags, file } = prepare();
    await run([...flags, "--save", file, "--quiet"]);
    const page = await servePage(["--resume", file, ...flags, "--epochs", "400", "--view"]);
    const watcher = await watch(page);
    await watcher.over;
    expect(watcher.view().epochs.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 400 }, (_, k) => k + 1),
    );
  });

  test("tells why a run fails", async () => {
    const { flags, directory, file } = prepare();
    const page = await servePage([...flags, ...ENDLESS, "--save", file, "--view"]);
    const watcher = await watch(page);
    await watcher.until("epoch");
    // In one step, as the run goes on saving there.
    renameSync(directory, `${directory}-gone`);
    await watcher.over;
    const { code, stderr } = await page.outcome;
    rmSync(`${directory}-gone`, { recursive: true });
    expect(code).toBe(1);
    const { ended } = watcher.view();
    expect(ended?.reason).toBe("failed");
    expect(stderr).toContain(ended?.message);
  });

  test.each([
    { args: ["--view", "--dry-run"], says: ["--view", "--dry-run"] },
    { args: ["--port", "8080"], says: ["--port", "--view"] },
    { args: ["--view", "--port", "80000"], says: ["--port", "65535"] },
  ])("is refused where it makes no sense: $args", async ({ args, says }) => {
    const { code, stdout, stderr } = await run([...prepare().flags, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(linesOf(stderr).length).toBe(1);
    for (const word of says) expect(stderr).toContain(word);
  });

  test("does not begin where its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => {
      other.close();
    });
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const args = [...prepare().flags, "--view", "--port", String(port)];
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^train-mnist: port ${port} is taken: [^\\n]+\\n$`));
  });
});

describe.skipIf(process.platform === "win32")("a run with --view that is stopped", () => {
  test.each([
    { signal: "SIGHUP", code: 129 },
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)("by $signal ends with $code, and its viewers are told", async (example) => {
    const page = await servePage([...prepare().flags, ...ENDLESS, "--view"]);
    const watchers = [await watch(page), await watch(page)];
    await watchers[0]!.until("progressed");
    page.child.kill(example.signal);
    expect((await page.outcome).code).toBe(example.code);
    for (const watcher of watchers) {
      expect(await watcher.over).toBe(true);
      const last: RunEvent = { event: "ended", reason: "interrupted" };
      expect(watcher.events.at(-1)).toEqual(last);
    }
  });

  test.skipIf(!hasTerminal)(
    "on a terminal shows the end until Ctrl-C, which is no failure",
    async () => {
      const child = startInTerminal(80, [...prepare().flags, "--view"]);
      onTestFinished(() => {
        child.kill();
      });
      const page = await pageOf(child);
      await page.printed(/until\s+Ctrl-C/);
      const watcher = await watch(page);
      await watcher.until("joined");
      await expect.poll(() => watcher.view().ended?.reason).toBe("finished");
      expect((await ask(page, page.base)).status).toBe(200);
      child.stdin.write("\u0003");
      expect((await page.outcome).code).toBe(0);
    },
  );
});
