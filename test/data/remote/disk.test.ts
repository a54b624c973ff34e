import { chmodSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mounted } from "../../support/mount.js";
import { temporaryDirectory } from "../fixtures.js";
import { attempt, entryOf, packed } from "./fake.js";
import { serve, whole } from "./server.js";

/** Expects one clear sentence, and not that another mirror be asked. */
async function expectRefusal(cacheDir: string, reason: RegExp) {
  const first = await serve(whole(packed));
  const second = await serve(whole(packed));
  const outcome = await attempt(entryOf([first.url, second.url]), { cacheDir });
  const { error, remedies, messages, files } = outcome;
  expect(error).toMatch(/^Cannot write into the cache directory [^\n]+\.$/);
  expect(error).toMatch(reason);
  expect(error).toContain(join(cacheDir, "fake"));
  expect(error).toMatch(/(: | or )choose another\.$/);
  expect(remedies.at(-1)).toBe("other cache");
  expect({ messages, files, requests: second.requests }).toEqual({
    messages: [],
    files: [],
    requests: [],
  });
}

describe("a cache that cannot be written is one clear sentence:", () => {
  test("a full disk", async ({ skip }) => {
    const cacheDir = mounted("size=128k") ?? skip("mounting takes the rights of root");
    await expectRefusal(cacheDir, /no space left on device\): make room there/);
  });

  test("a file system that may only be read", async ({ skip }) => {
    const cacheDir = mounted("ro") ?? skip("mounting takes the rights of root");
    await expectRefusal(cacheDir, /read-only file system\): make it writable/);
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "a directory that may not be written (root may)",
    async () => {
      const cacheDir = temporaryDirectory();
      chmodSync(cacheDir, 0o555);
      await expectRefusal(cacheDir, /permission denied; make it writable/);
    },
  );

  test("a file where the directory should be", async () => {
    const cacheDir = join(temporaryDirectory(), "file");
    writeFileSync(cacheDir, "");
    await expectRefusal(cacheDir, /a file, not a folder\): choose another/);
  });

  test("a place below a link that leads nowhere", async () => {
    const link = join(temporaryDirectory(), "link");
    symlinkSync("nowhere", link);
    await expectRefusal(link, /no such file or directory\): choose another/);
    await expectRefusal(join(link, "a", "b"), /no such file or directory\): choose another/);
  });

  test.skipIf(!existsSync("/proc/self"))("a place in /proc", async () => {
    await expectRefusal("/proc/none", /no such file or directory\): choose another/);
  });

  test("a name that is too long", async () => {
    await expectRefusal(join(temporaryDirectory(), "x".repeat(300)), /name too long/);
  });
});
