/** One node, close to: its value, its bar and where that comes from, what it hands on, and a nudge. */
import { Fragment, type JSX } from "preact";
import { formula, type Matrix, type Variable } from "../../autodiff/index.js";
import { Claim, Unfolding } from "./chains.js";
import { Value } from "./matrix.js";
import { whyNoDerivative, whyNotFinite } from "./model/finite.js";
import { titleOf } from "./model/layout.js";
import { contributionValue, markOf, subjectOf } from "./model/marks.js";
import { type Rule, ruleOf } from "./model/notation.js";
import type { SweepNode, Use } from "./model/sweep.js";
import { listed, meaning, numbersOf } from "./model/words.js";
import { Nudge } from "./nudge.js";
import { looked, picked, progress, subject, sweep, values } from "./state.js";

export function Panel(): JSX.Element {
  const node = looked.value;
  return (
    <section class="panel" aria-label="The node">
      {node === undefined ? <Beginning /> : <Node node={node} />}
    </section>
  );
}

function Beginning(): JSX.Element {
  return (
    <>
      <h2>A node, seen closely</h2>
      <p>Here you see where the numbers of a node come from. To begin:</p>
      <ul>
        <li>
          Take steps, with the buttons or the keys → and ←. Each step computes one value or one bar.
        </li>
        <li>Choose any node of the graph, to look at that one.</li>
        <li>Move an input at any step, and see what changes with it.</li>
      </ul>
    </>
  );
}

function Node({ node }: { node: SweepNode }): JSX.Element {
  return (
    <>
      <h2>
        {titleOf(node)}
        {picked.value !== undefined && (
          <button
            type="button"
            class="small"
            onClick={() => {
              picked.value = undefined;
            }}
          >
            Back to the step
          </button>
        )}
      </h2>
      <ValueOf node={node} />
      <BarOf node={node} />
      <InTheBook node={node} />
      <HandsOn node={node} />
      <Nudge node={node} />
    </>
  );
}

function ValueOf({ node }: { node: SweepNode }): JSX.Element {
  const { symbol, right, neededBy } = node;
  const known = progress.value.values.has(node);
  const value = values.value.get(symbol) as Matrix;
  const why = whyNotFinite(sweep.value, values.value, node);
  return (
    <>
      <h3 class="value">Value</h3>
      {known ? (
        <p class="formula">
          {symbol.name}
          {numbersOf(right, values.value, value)} = <Value value={value} kind="value" />
        </p>
      ) : (
        <p class="soft">Not computed yet.</p>
      )}
      {known && why && <p>{why}</p>}
      <p class="soft">
        {neededBy.length > 0
          ? `Stored in the forward pass, since ${listed(neededBy.map(({ name }) => name))} will need it.`
          : "Need not be stored: no bar is computed from it."}
      </p>
    </>
  );
}

function BarOf({ node }: { node: SweepNode }): JSX.Element {
  const { symbol, bar, uses } = node;
  const { bars } = progress.value;
  const result = sweep.value.result.symbol.name;
  if (bar === undefined) {
    return (
      <>
        <h3 class="bar">Bar</h3>
        <p class="soft">
          None is computed: neither {symbol.name} nor anything that it is computed from needs a
          derivative.
        </p>
      </>
    );
  }
  const parts = uses.filter(({ contribution }) => contribution !== undefined);
  const known = bars.has(node);
  const waiting = parts
    .filter(({ user }) => !bars.has(user))
    .map(({ user }) => user.bar?.name ?? "");
  const value = values.value.get(bar) as Matrix;
  return (
    <>
      <h3 class="bar">
        Bar{" "}
        <span class="soft">
          {bar.name} = ∂{result}/∂{symbol.name}
        </span>
      </h3>
      {known ? (
        <>
          <p class="formula">
            {bar.name} = <Value value={value} kind="bar" />
          </p>
          <p>{meaning(sweep.value, node, values.value)}</p>
        </>
      ) : (
        <p class="soft">
          {waiting.length > 0
            ? `Not yet: it is made from ${listed([...new Set(waiting)])}, which must come first. That is why the sweep goes backwards.`
            : "Not yet."}
        </p>
      )}
      {node === sweep.value.result ? (
        <p class="soft">
          The sweep starts here
          {whyNoDerivative(sweep.value, values.value, node) === "" &&
            `: ${symbol.name} changes as much as itself`}
          .
        </p>
      ) : (
        <Contributions parts={parts} known={known} name={symbol.name} bar={bar} />
      )}
    </>
  );
}

/** What each use contributes to a bar. */
function Contributions(props: {
  readonly parts: readonly Use[];
  readonly known: boolean;
  readonly name: string;
  readonly bar: Variable;
}): JSX.Element {
  const { parts, known, name, bar } = props;
  const uses =
    parts.length === 1
      ? "one use, one contribution"
      : `${parts.length} uses, so a sum of ${parts.length} contributions`;
  return (
    <>
      <p class="soft">
        {name} has {uses}:
      </p>
      <ul class="contributions">
        {parts.map((use) => (
          <li key={`${use.user.symbol.id} ${use.operand}`}>
            <span>
              from <b>{titleOf(use.user)}</b>
            </span>
            {use.user.right && <RuleText rule={ruleOf(use.user.right)} chosen={use.operand} />}
            <Contribution use={use} known={known} />
          </li>
        ))}
      </ul>
      {known && parts.length > 1 && <Total parts={parts} bar={bar} />}
    </>
  );
}

/** What the contributions add up to. */
function Total({ parts, bar }: { parts: readonly Use[]; bar: Variable }): JSX.Element {
  const terms = parts.map((use) => contributionValue(use, values.value) as Matrix);
  return (
    <p class="formula">
      Together: {bar.name} ={" "}
      {terms.map((term, k) => (
        <Fragment key={parts[k]?.user.symbol.id}>
          {k > 0 && " + "}
          <Value value={term} kind="bar" held={k > 0} />
        </Fragment>
      ))}
      {" = "}
      <Value value={values.value.get(bar) as Matrix} kind="bar" />
    </p>
  );
}

function Contribution({ use, known }: { use: Use; known: boolean }): JSX.Element {
  const expression = use.contribution as NonNullable<Use["contribution"]>;
  const value = contributionValue(use, values.value);
  return (
    <span class="formula">
      {formula(expression)}
      {known && numbersOf(expression, values.value, value)}
      {known && value && (
        <>
          {" = "}
          <Value value={value} kind="bar" />
        </>
      )}
    </span>
  );
}

/** A rule of the table, one of its x̄ being marked. */
function RuleText({ rule, chosen }: { rule: Rule; chosen?: number }): JSX.Element {
  const { left, bars } = rule;
  const single = bars.length === 1;
  return (
    <span class="rule-text">
      {left} = {single ? "" : "("}
      {bars.map((bar, k) => (
        <span key={k}>
          {k > 0 && ", "}
          {k === chosen && !single ? <mark>{bar}</mark> : bar}
        </span>
      ))}
      {single ? "" : ")"}
    </span>
  );
}

/** The equation of the book that a bar leads to, or is the left side of. */
function InTheBook({ node }: { node: SweepNode }): JSX.Element | null {
  const { derivations } = subject.value;
  const mark = markOf(derivations).get(node.bar);
  const own = derivations.filter((each) => subjectOf(sweep.value, each) === node);
  if (mark === undefined) return null;
  const known = progress.value.bars.has(node);
  return (
    <>
      <h3>In textbooks</h3>
      {own.length === 0 && (
        <p class="soft">
          A step in the derivation of <b>{mark}</b>, below.
        </p>
      )}
      {own.map((derivation) => (
        <div class="equation" key={derivation.chain.left.id}>
          <Claim derivation={derivation} />
          {known ? (
            <Unfolding derivation={derivation} />
          ) : (
            <p class="soft">It can be derived when {node.bar?.name} has been computed.</p>
          )}
        </div>
      ))}
    </>
  );
}

/** A node's own rule, which turns its bar into contributions to those of its operands. */
function HandsOn({ node }: { node: SweepNode }): JSX.Element | null {
  const { symbol, right, bar } = node;
  if (right === undefined || bar === undefined) return null;
  const receivers = [
    ...new Set(sweep.value.nodes.filter(({ uses }) => uses.some(({ user }) => user === node))),
  ].filter((each) => each.bar !== undefined);
  const rule = ruleOf(right);
  const names = right.inputs.map((operand, k) => `${rule.letters[k]} is ${formula(operand)}`);
  const given = listed(receivers.map((each) => each.bar?.name ?? ""));
  return (
    <>
      <h3>Its rule j</h3>
      <p>
        <RuleText rule={rule} />
      </p>
      <p class="soft">Here {listed([`y is ${symbol.name}`, ...names])}.</p>
      <p class="soft">
        So {bar.name} makes the {receivers.length === 1 ? "contribution" : "contributions"} to{" "}
        {given}.
      </p>
    </>
  );
}
