/** A page that trains in a browser, built of the library and served to this machine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const root = fileURLToPath(new URL("./training-page", import.meta.url));
const data = fileURLToPath(new URL("../../data", import.meta.url));

/** With these, a page may share memory with its workers. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** What the page is asked to do: train with these settings, by so many threads. */
export interface Job {
  readonly settings: object;
  readonly threads: number | "auto";
  /** What is made to go wrong (training-page/worker.js). */
  readonly mishap?: "lost" | "hasty";
}

export interface Outcome {
  readonly digest: string;
  readonly threads: number;
  readonly isolated: boolean;
  readonly reports: readonly { readonly seconds: number }[];
  readonly error?: string;
}

/** The address of the page, with and without memory that threads share. */
export interface TrainingPage {
  readonly isolated: string;
  readonly plain: string;
  close(): Promise<void>;
}

/** Builds the page and serves it, with the generated digits beside it. */
export async function openTrainingPage(): Promise<TrainingPage> {
  const outDir = mkdtempSync(join(tmpdir(), "training-page-"));
  const config = { root, configFile: false as const, logLevel: "error" as const };
  await build({
    ...config,
    publicDir: data,
    worker: { format: "es" },
    build: { outDir, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
  });
  const serve = (headers: Record<string, string>) =>
    preview({ ...config, build: { outDir }, preview: { host: "127.0.0.1", port: 0, headers } });
  const servers = await Promise.all([serve(ISOLATION), serve({})]);
  const [isolated, plain] = servers.map(({ httpServer }) => {
    const address = httpServer.address();
    return `http://127.0.0.1:${(address as { port: number }).port}/`;
  });
  return {
    isolated: isolated as string,
    plain: plain as string,
    async close() {
      await Promise.all(servers.map((server) => server.close()));
      rmSync(outDir, { recursive: true });
    },
  };
}
