/** All that is seen of a run, be it this page's own or one of the command. */
import type { JSX } from "preact";
import type { RunView as View } from "../../live/index.js";
import { AccuracyCurve, CostCurve } from "./curves.js";
import { Digits } from "./digits.js";
import { Mistakes } from "./mistakes.js";
import "./run.css";
import { FirstLayer } from "./weights.js";

export function RunView({ view }: { readonly view: View }): JSX.Element {
  return (
    <div class="run-view">
      <div class="curves">
        <CostCurve view={view} />
        <AccuracyCurve view={view} />
      </div>
      <div class="two">
        <Digits view={view} />
        <div class="beside">
          <FirstLayer view={view} />
          <Mistakes view={view} />
        </div>
      </div>
    </div>
  );
}
