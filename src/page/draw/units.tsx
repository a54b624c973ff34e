/** What the hidden units look for, those first that say most for the output which is looked into. */
import type { JSX } from "preact";
import { superscript } from "../../autodiff/index.js";
import { signedImage } from "../../charts/index.js";
import { brief } from "../../charts/numbers.js";
import type { Network } from "../network.js";
import { seen, unit } from "./state.js";
import { rowOf, type Strongest, strongest } from "./strongest.js";

/** Of each kind. */
const SHOWN = 12;

export function Units({ network }: { network: Network }): JSX.Element {
  const answer = seen.value;
  const { theta, classes } = network;
  const layers = theta.length;
  const name = answer ? classes[answer.chosen]! : "";
  const found = strongest(answer?.contributions ?? [], SHOWN);
  const z = `z${superscript(layers)}`;
  const sum = answer ? brief(answer.weightedInputs[answer.chosen]!) : "";
  if (layers === 1) return <Rows network={network} />;
  return (
    <section class="units" aria-labelledby="units">
      <h2 id="units">What the hidden units look for</h2>
      <p class="soft">
        Each picture shows the weights from the pixels to one unit, a row of w¹. Ink raises the unit
        where they are <span class="positive-ink">orange</span>, and lowers it where they are{" "}
        <span class="negative-ink">blue</span>.{" "}
        {layers === 2
          ? `Below it is its share w² a¹ of ${z}, the weighted input of ${answer ? `the output for ${name}. All shares and the bias add up to ${sum}` : "an output"}.`
          : `Below it is a¹ ā¹, what it adds by the tangent to ${z}, the weighted input of ${answer ? `the output for ${name}, which is ${sum}` : "an output"}.`}{" "}
        The raised numbers name layers.
      </p>
      <div class="both">
        {(answer ? sides(found, name) : firstUnits(network)).map(({ title, units }) => (
          <div key={title}>
            <h3>{title}</h3>
            <Tiles network={network} units={units} />
          </div>
        ))}
      </div>
    </section>
  );
}

interface Side {
  readonly title: string;
  readonly units: readonly number[];
}

function sides(found: Strongest, name: string): Side[] {
  return [
    { title: `Most for ${name}`, units: found.for },
    { title: `Most against ${name}`, units: found.against },
  ];
}

/** As long as there is nothing for them to see. */
function firstUnits({ theta }: Network): Side[] {
  const count = theta[0]!.w.shape[0];
  return [0, SHOWN].flatMap((from) => {
    const units = Array.from({ length: SHOWN }, (_, k) => from + k).filter((k) => k < count);
    const title = `Units ${from + 1} to ${units.at(-1)! + 1}`;
    return units.length === 0 ? [] : [{ title, units }];
  });
}

/** A network without hidden layers looks for whole digits. */
function Rows({ network }: { network: Network }): JSX.Element {
  return (
    <section class="units" aria-labelledby="units">
      <h2 id="units">What each output looks for</h2>
      <Tiles network={network} units={network.classes.map((_, k) => k)} names={network.classes} />
    </section>
  );
}

function Tiles(props: {
  readonly network: Network;
  readonly units: readonly number[];
  readonly names?: readonly string[];
}): JSX.Element {
  const { network, units, names } = props;
  const answer = seen.value;
  if (units.length === 0) return <p class="soft tiles">No unit.</p>;
  return (
    <ul class="tiles">
      {units.map((k) => {
        const term = names ? undefined : answer?.contributions[k];
        const activation = names ? undefined : answer?.hidden[0]?.[k];
        return (
          <li key={k} class={unit.value === k ? "pointed" : ""}>
            <div dangerouslySetInnerHTML={{ __html: tileOf(network, k) }} />
            <span class="unit">{names?.[k] ?? `unit ${k + 1}`}</span>
            {term !== undefined && (
              <span class={term < 0 ? "negative-ink" : "positive-ink"}>
                {term < 0 ? "" : "+"}
                {brief(term)}
              </span>
            )}
            {activation !== undefined && <span class="soft">a¹ {brief(activation, 2)}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Of each network, the images that have been drawn. */
const drawn = new WeakMap<Network, Map<number, string>>();

/** The weights into a unit of the first layer. */
export function tileOf(network: Network, k: number): string {
  const tiles = drawn.get(network) ?? new Map<number, string>();
  drawn.set(network, tiles);
  let tile = tiles.get(k);
  if (tile === undefined) {
    tile = signedImage(rowOf(network.theta[0]!.w, k), network);
    tiles.set(k, tile);
  }
  return tile;
}
