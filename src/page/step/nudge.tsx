/** A nudge of one node, and what it moves: finite differences beside the bar. */
import type { JSX } from "preact";
import { Exact, Slopes, Value } from "./matrix.js";
import { ripplesOf, slopesAt } from "./model/differences.js";
import { isLarge } from "./model/large.js";
import { signed } from "./model/numbers.js";
import type { SweepNode } from "./model/sweep.js";
import { exponent, progress, sweep, values } from "./state.js";

export function Nudge({ node }: { node: SweepNode }): JSX.Element | null {
  const { symbol, bar } = node;
  const all = sweep.value;
  if (!progress.value.values.has(all.result)) {
    return (
      <>
        <h3>Nudge it</h3>
        <p class="soft">
          When the result has been computed, you can see here what a small change of {symbol.name}{" "}
          changes.
        </p>
      </>
    );
  }
  const h = 10 ** -exponent.value;
  const slopes = slopesAt(all, values.value, node, h);
  const { name } = all.result.symbol;
  const scalar = slopes.data.length === 1;
  // Until the sweep has been here, only the nudge tells.
  const exact = bar && progress.value.bars.has(node) ? values.value.get(bar) : undefined;
  return (
    <>
      <h3>Nudge it</h3>
      <label class="nudge">
        <span>
          h = 10<sup>−{exponent}</sup>
        </span>
        <input
          type="range"
          min={1}
          max={12}
          value={exponent}
          aria-label="How small h is"
          aria-valuetext={`10 to the minus ${exponent.value}`}
          onInput={({ currentTarget }) => {
            exponent.value = Number(currentTarget.value);
          }}
        />
      </label>
      {scalar && (
        <p class="soft">When {symbol.name} grows by h, these change in turn, by about this much:</p>
      )}
      {scalar && <Ripples node={node} h={h} />}
      {!scalar && !isLarge(slopes.shape) && (
        <p class="soft">Each number is nudged by itself, while the others stay.</p>
      )}
      <p class="formula">
        ({name}({symbol.name} + h) − {name}({symbol.name} − h)) / 2h ={" "}
        {exact ? <Slopes slopes={slopes} bars={exact} /> : <Value value={slopes} kind="value" />}
      </p>
      {exact && bar && (
        <p class="formula">
          {bar.name} = <Exact bars={exact} />
        </p>
      )}
      {exact && slopes.data.every(Number.isFinite) && (
        <p class="soft">
          The <b>bold</b> digits agree with the bar. With a larger h, digits are lost to the bend of
          the function; with a smaller h, to rounding. Move h to see it.
        </p>
      )}
    </>
  );
}

/** A change in units of h: `−0.6065 h`. */
function inUnits(rate: number): string {
  const text = signed(rate);
  if (rate === 0) return "stays";
  if (!Number.isFinite(rate)) return text;
  return /^[+−]1$/.test(text) ? `${text.charAt(0)}h` : `${text} h`;
}

/** What moves when a node is nudged, one after the other. */
function Ripples({ node, h }: { node: SweepNode; h: number }): JSX.Element {
  const ripples = ripplesOf(sweep.value, values.value, { node, element: 0, h });
  return (
    <ol class="ripples" aria-label="What moves">
      {ripples.map(({ node: each, rate }, k) => (
        <li key={each.symbol.id}>
          <b>{each.symbol.name}</b> {k === 0 ? "+h" : inUnits(rate.data[0] as number)}
        </li>
      ))}
    </ol>
  );
}
