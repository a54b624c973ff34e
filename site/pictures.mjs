/**
 * The pictures of the page in README.md: the default recipe in training, and a digit that is drawn, light
 * and dark. Look at them before you commit them.
 *
 *     npm run build && node site/pictures.mjs        # CHROMIUM names another browser
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = new URL("../", import.meta.url);
const command = fileURLToPath(new URL("dist/bin/train-mnist.js", root));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** So many epochs have been trained when the picture is taken. */
const EPOCHS = 6;

/** A three, in parts of the field: points that a smooth line goes through. */
const STROKE = [
  ...[
    [0.3, 0.24],
    [0.45, 0.16],
    [0.64, 0.19],
    [0.68, 0.34],
    [0.46, 0.47],
  ],
  ...[
    [0.66, 0.54],
    [0.71, 0.7],
    [0.55, 0.83],
    [0.27, 0.77],
  ],
];

const server = spawn(process.execPath, [command, "view"], { stdio: ["ignore", "pipe", "inherit"] });
const [address] = await once(server.stdout, "data");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 880 },
    colorScheme: "light",
  });
  await page.goto(`${String(address).trim()}#train`);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByText(new RegExp(`^${EPOCHS + 1} of`)).waitFor({ timeout: 600_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  await inBoth(page, "page-train");
  await page.getByRole("link", { name: "Draw" }).click();
  const { x, y, width, height } = await page.locator("canvas").first().boundingBox();
  for (const [k, [across, down]] of smooth(STROKE).entries()) {
    await page.mouse.move(x + width * across, y + height * down);
    if (k === 0) await page.mouse.down();
  }
  await page.mouse.up();
  await inBoth(page, "page-draw");
} finally {
  await browser.close();
  server.kill();
}

/** Points of the Catmull–Rom spline through those given. */
function smooth(points) {
  const at = (k) => points[Math.max(0, Math.min(points.length - 1, k))];
  return points.slice(1).flatMap((_, k) =>
    Array.from({ length: 8 }, (_, step) => {
      const t = step / 8;
      return [0, 1].map((axis) => {
        const [a, b, c, d] = [k - 1, k, k + 1, k + 2].map((each) => at(each)[axis]);
        const [linear, square] = [c - a, 2 * a - 5 * b + 4 * c - d];
        return b + (t * (linear + t * (square + t * (3 * (b - c) + d - a)))) / 2;
      });
    }),
  );
}

async function inBoth(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // Figures that are painted follow the scheme a moment later.
    await page.waitForTimeout(2000);
    const path = fileURLToPath(new URL(`docs/figures/${name}-${colorScheme}.png`, root));
    await page.screenshot({ path });
  }
}
