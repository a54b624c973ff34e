/** The room "step": the reverse sweep through a small function, one step after the other. */
import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { Chains } from "./chains.js";
import { Controls } from "./controls.js";
import { Functions } from "./functions.js";
import { Graph } from "./graph.js";
import { Inputs } from "./inputs.js";
import { Panel } from "./panel.js";
import { followPlace, sweep } from "./state.js";
import "./step.css";
import "./graph.css";
import "./near.css";
import { Table } from "./table.js";

export function StepRoom(): JSX.Element {
  useLayoutEffect(() => followPlace(), []);
  const { name } = sweep.value.result.symbol;
  return (
    <div class="step">
      <p class="lead">
        How much does <b>{name}</b> change when something that it comes from changes a little? One
        pass forward stores the <b class="value">values</b>, and one sweep back computes the{" "}
        <b class="bar">bars</b>. The bar ȳ of a node y is ∂{name}/∂y: the change of {name} for each
        unit of y.
      </p>
      <Functions />
      <Inputs />
      <div class="bench">
        <div class="main">
          <Controls />
          <Graph />
          <p class="key soft">
            <span class="swatch kept" /> needed by the sweep back <span class="swatch asked" />{" "}
            asked for by this step <span class="swatch done" /> bar <b class="bar">↑</b>{" "}
            contribution
          </p>
        </div>
        <Panel />
      </div>
      <Table />
      <Chains />
      <Ideas />
    </div>
  );
}

function Ideas(): JSX.Element {
  return (
    <section class="ideas" aria-labelledby="step-ideas">
      <h2 id="step-ideas">Why it is done so</h2>
      <dl>
        <dt>A bar is a sum over uses</dt>
        <dd>
          When x moves, everything that uses x moves, and each use moves the result. These effects
          add up. So every use sends its contribution back along its arrow, and x̄ is their sum.
        </dd>
        <dt>Backwards</dt>
        <dd>
          A contribution is made from the bar of the node that uses x. So that bar has to be
          complete before x̄ can be: the sweep starts at the result, whose bar is 1, and goes against
          the arrows.
        </dd>
        <dt>What is stored</dt>
        <dd>
          A rule may ask for the node's value y and its operands x: j(exp)(y, ȳ, x) = y ȳ asks for
          y. The forward pass has computed them, and they are kept until the sweep comes by. The sum
          asks for none.
        </dd>
        <dt>Each once</dt>
        <dd>
          However many paths lead from a node to the result, its bar is one number, and one step.
          One sweep gives the derivatives by all inputs; nudging takes two evaluations for each, and
          gives only some of the digits.
        </dd>
      </dl>
    </section>
  );
}
