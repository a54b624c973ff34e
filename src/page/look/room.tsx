/** The room "look": the report of the network at hand, with its mistakes to look into. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useCallback, useEffect } from "preact/hooks";
import { grouped, percentage } from "../../charts/numbers.js";
import { DataError } from "../../data/errors.js";
import { curveFigures } from "../../report/curves.js";
import { testFigures, weightFigures } from "../../report/network-figures.js";
import { settingsTables } from "../../report/tables.js";
import { accuracy } from "../../training/evaluation/metrics.js";
import { isNetworkFile, loadNetwork, networkAtHand, orSay } from "../at-hand.js";
import { asked } from "../choice.js";
import { datasetAtHand, titleOf } from "../dataset.js";
import { network } from "../network.js";
import { Invitation, NetworkLine } from "../network-line.js";
import { Notice, Taking } from "../taking.js";
import { Figure } from "./figure.js";
import { reportedRun } from "./run.js";
import { TestImages } from "./test-images.js";
import { keepTested, testing } from "./tested.js";
import "./room.css";

export function LookRoom(): JSX.Element {
  const net = network.value;
  const takeFiles = useCallback((files: readonly File[]) => {
    void orSay(async () => {
      for (const file of files) {
        if (await isNetworkFile(file)) await loadNetwork(file);
        else
          throw new DataError(
            `${file.name} is no network: expected a file that train-mnist has saved; open pictures under Draw.`,
          );
      }
    });
  }, []);
  useEffect(() => void orSay(networkAtHand), [asked.value]);
  useEffect(() => {
    void orSay(async () => {
      await datasetAtHand({ train: false });
    });
    return keepTested();
  }, []);
  return (
    <Taking class="look-room" take={takeFiles}>
      {net && <NetworkLine network={net} take={takeFiles} />}
      <Notice />
      {net ? (
        <Report />
      ) : (
        <Invitation
          what="Here you see what a network has learnt, and where it is wrong."
          take={takeFiles}
        />
      )}
    </Taking>
  );
}

function Report(): JSX.Element | null {
  const run = useComputed(() => {
    const [net, now] = [network.value, testing.value];
    if (net === undefined) return undefined;
    const tested = now.state === "done" && now.tested.network === net ? now.tested : undefined;
    return { run: reportedRun(net, tested), tested };
  }).value;
  if (run === undefined) return null;
  const { run: reported, tested } = run;
  const curves = curveFigures([{ name: reported.name, runs: [reported] }]);
  // The confusion matrix is shown with its images.
  const figures = testFigures(reported).filter(({ file }) => file !== "confusion");
  return (
    <>
      {reported.remarks.map((remark) => (
        <p key={remark} class="warning">
          {remark}
        </p>
      ))}
      <Progress />
      {tested && (
        <>
          <p>
            Of the {grouped(tested.dataset.test.count)} test images of {titleOf(tested.dataset)}, it
            reads <b>{percentage(accuracy(tested.predicted, tested.dataset.test.labels))}</b> right.
          </p>
          <TestImages tested={tested} />
        </>
      )}
      <h2>Curves and figures</h2>
      {curves.length === 0 && (
        <p class="soft">There are no curves, as nothing was measured after an epoch.</p>
      )}
      <div class="figures">
        {[...curves, ...figures, ...weightFigures(reported)].map((figure) => (
          <Figure key={figure.file} figure={figure} />
        ))}
      </div>
      <h2>The run</h2>
      <p class="soft digest">
        SHA-256 of its weights: <code>{reported.weightsSha256}</code>
      </p>
      <div dangerouslySetInnerHTML={{ __html: settingsTables([reported]).text }} />
    </>
  );
}

function Progress(): JSX.Element {
  const now = testing.value;
  return (
    <p role="status" class="progress">
      {now.state === "running" ? `Reading the test images: ${percentage(now.part, 0)}` : ""}
      {now.state === "failed" ? now.message : ""}
    </p>
  );
}
