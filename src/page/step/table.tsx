/** All nodes in one table: values, lines of the sweep back, bars, and what finite differences say. */
import type { JSX } from "preact";
import { formula, type Matrix } from "../../autodiff/index.js";
import { Exact, Slopes, Value } from "./matrix.js";
import { slopesAt } from "./model/differences.js";
import { titleOf } from "./model/layout.js";
import type { SweepNode } from "./model/sweep.js";
import { exponent, looked, picked, progress, subject, sweep, values } from "./state.js";

export function Table(): JSX.Element {
  return (
    <details class="lines" open={subject.value.kind !== "network"}>
      <summary>
        <h2>All lines in a table, with a finite difference beside each bar</h2>
      </summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">Forward</th>
              <th scope="col">Value</th>
              <th scope="col">Back</th>
              <th scope="col">Bar</th>
              <th scope="col">By a nudge</th>
            </tr>
          </thead>
          <tbody>
            {sweep.value.nodes.map((node) => (
              <Row key={node.symbol.id} node={node} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft">
        Read “Forward” from the top down, and “Back” from the bottom up. A nudge is a finite
        difference: the node is moved by h and by −h, and the difference of the two results is
        divided by 2h. Its <b>bold</b> digits agree with the bar.
      </p>
    </details>
  );
}

function Row({ node }: { node: SweepNode }): JSX.Element {
  const { symbol, bar, barRight } = node;
  const { values: known, bars, step } = progress.value;
  const all = values.value;
  const barValue = bar && bars.has(node) ? all.get(bar) : undefined;
  const classes = [
    step?.node === node ? `now ${step.kind}` : "",
    looked.value === node ? "looked" : "",
  ];
  return (
    <tr class={classes.join(" ")}>
      <th scope="row">
        <button
          type="button"
          onClick={() => {
            picked.value = node;
          }}
        >
          {titleOf(node)}
        </button>
      </th>
      <td>{known.has(node) && <Value value={all.get(symbol) as Matrix} kind="value" />}</td>
      <td>{bar && barRight && `${bar.name} = ${formula(barRight)}`}</td>
      <td>{barValue && <Exact bars={barValue} />}</td>
      <td>
        {barValue && (
          <Slopes
            slopes={slopesAt(sweep.value, all, node, 10 ** -exponent.value)}
            bars={barValue}
          />
        )}
      </td>
    </tr>
  );
}
