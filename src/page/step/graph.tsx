/** The graph, drawn: boxes that fill with values and bars, and what runs back along the arrows. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Matrix } from "../../autodiff/index.js";
import { FILLS } from "../../derivation/diagram/colours.js";
import { elementsOf } from "./matrix.js";
import { isLarge, summaryOf } from "./model/large.js";
import {
  type Arrow,
  type Box,
  CAPTION,
  drawingOf,
  ELEMENT,
  labelOf,
  ROW,
  TITLE,
  titleOf,
} from "./model/layout.js";
import { contributed, markOf } from "./model/marks.js";
import { short } from "./model/numbers.js";
import type { SweepNode } from "./model/sweep.js";
import { spoken } from "./model/words.js";
import { fetched, looked, picked, progress, subject, sweep, values } from "./state.js";

export function Graph(): JSX.Element {
  const drawing = useComputed(() => drawingOf(sweep.value));
  const scroller = useRef<HTMLElement>(null);
  const { boxes, arrows, width, height } = drawing.value;
  const box = boxes.find(({ node }) => node === looked.value);
  useEffect(() => {
    scrollTo(scroller.current, box);
  }, [box]);
  const marks = useComputed(() => markOf(subject.value.derivations));
  return (
    <section class="scroller" ref={scroller} aria-label="The graph">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: what is around it has a label, and every node one of its own. */}
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <defs>
          <marker
            id="step-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path class="tip" d="M0,0.5 L7,4 L0,7.5" />
          </marker>
          <marker
            id="step-back"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="6"
            markerHeight="6"
            orient="auto"
          >
            <path class="tip back" d="M0,0 L8,4 L0,8 Z" />
          </marker>
        </defs>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing here takes the focus, and boxes say what there is. */}
        <g aria-hidden="true">
          {arrows.map((arrow) => (
            <Edge
              key={`${arrow.from.symbol.id} ${arrow.use.user.symbol.id} ${arrow.use.operand}`}
              arrow={arrow}
            />
          ))}
        </g>
        {boxes.map((each) => (
          <NodeBox key={each.node.symbol.id} box={each} mark={marks.value.get(each.node.bar)} />
        ))}
      </svg>
    </section>
  );
}

/** Brings a box to the middle of what is seen of the graph; the page itself stays where it is. */
function scrollTo(scroller: HTMLElement | null, box: Box | undefined): void {
  if (scroller === null) return;
  const { x, y } = box ?? { x: scroller.scrollWidth / 2, y: 0 };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroller.scrollTo({
    left: x - scroller.clientWidth / 2,
    top: y - scroller.clientHeight / 2,
    behavior: calm ? "auto" : "smooth",
  });
}

function Edge({ arrow }: { arrow: Arrow }): JSX.Element {
  const { use, from, path, back, x, y, width } = arrow;
  const { values: known, bars, step } = progress.value;
  const carried = use.contribution !== undefined && bars.has(from);
  const now = step?.node;
  const forwards = step?.kind === "forward" && now === use.user;
  const backwards = step?.kind === "backward" && now === from && carried;
  const state = [known.has(use.user) ? "done" : "", forwards ? "now" : ""].join(" ");
  return (
    <g class="edge">
      <path
        class={`arrow ${state}`}
        d={path}
        transform="translate(-5 0)"
        marker-end="url(#step-tip)"
      />
      {carried && (
        <path
          key={backwards ? "now" : "done"}
          class={`arrow carried ${backwards ? "now" : ""}`}
          d={back}
          transform="translate(5 0)"
          pathLength={1}
          marker-end="url(#step-back)"
        />
      )}
      {carried && (
        <g class={`label ${backwards ? "now" : ""}`}>
          <rect x={x - width / 2} y={y - 10} width={width} height={20} rx={10} />
          <text x={x} y={y + 4}>
            {labelOf(use)}
            {contributed(use, values.value)}
          </text>
        </g>
      )}
    </g>
  );
}

function NodeBox({ box, mark }: { box: Box; mark: string | undefined }): JSX.Element {
  const { node, x, y, width, height } = box;
  const { symbol, bar, right } = node;
  const { values: known, bars, step } = progress.value;
  const [hasValue, hasBar] = [known.has(node), bars.has(node)];
  const now = step?.node === node ? step.kind : "";
  const pick = () => {
    picked.value = node;
  };
  const classes = [
    "node",
    right === undefined ? "given" : "",
    now === "" ? "" : `now ${now}`,
    looked.value === node ? "looked" : "",
    fetched.value.has(symbol) ? "fetched" : "",
  ];
  const [left, top] = [x - width / 2, y - height / 2];
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons.
    <g
      class={classes.join(" ")}
      role="button"
      // Preact writes attributes of SVG as they are spelt, and only this spelling takes the focus.
      tabindex={0}
      aria-pressed={looked.value === node}
      aria-label={spoken(node, values.value, { value: hasValue, bar: hasBar })}
      transform={`translate(${left} ${top})`}
      onClick={pick}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        pick();
      }}
    >
      <rect class="body" width={width} height={height} rx={8} />
      {hasValue && node.neededBy.length > 0 && (
        <path class="stored" d={leftHalf(bar === undefined ? width : width / 2, height)} />
      )}
      {hasBar && <path class="bars" d={rightHalf(width, height)} />}
      <rect class="outline" width={width} height={height} rx={8} />
      <text class="title" x={width / 2} y={18}>
        {titleOf(node)}
      </text>
      <Cells
        node={node}
        known={hasValue}
        name={symbol.name}
        value={values.value.get(symbol)}
        middle={width / 4}
        kind="value"
      />
      {bar && (
        <Cells
          node={node}
          known={hasBar}
          name={bar.name}
          value={values.value.get(bar)}
          middle={(3 * width) / 4}
          kind="bar"
        />
      )}
      {mark !== undefined && (
        <g class="mark" transform={`translate(${width - 18} -5)`}>
          <rect
            x={-20}
            y={-7}
            width={40}
            height={16}
            rx={8}
            fill={FILLS[mark as keyof typeof FILLS]}
          />
          <text y={5}>{mark}</text>
        </g>
      )}
    </g>
  );
}

/** Behind a value that the sweep back will need. */
function leftHalf(right: number, height: number): string {
  const corner = right > 0 ? `H${right} V${height} H8` : "";
  return `M0,${TITLE} ${corner} a8,8 0 0 1 -8,-8 Z`;
}

function rightHalf(width: number, height: number): string {
  const middle = width / 2;
  return `M${middle},${TITLE} H${width} V${height - 8} a8,8 0 0 1 -8,8 H${middle} Z`;
}

interface CellsProps {
  readonly node: SweepNode;
  readonly known: boolean;
  readonly name: string;
  readonly value: Matrix | undefined;
  readonly middle: number;
  readonly kind: "value" | "bar";
}

function Cells({ known, name, value, middle, kind }: CellsProps): JSX.Element {
  const rows = value === undefined ? [] : textsOf(value);
  return (
    <g class={kind}>
      <text class="caption" x={middle} y={TITLE + 11}>
        {name}
      </text>
      {rows.map((row, r) =>
        row.map((text, c) => (
          <text
            key={`${r} ${c}`}
            class={known ? "number" : "unknown"}
            x={middle + (c - (row.length - 1) / 2) * ELEMENT}
            y={TITLE + CAPTION + ROW * r + 12}
          >
            {known ? text : "·"}
          </text>
        )),
      )}
    </g>
  );
}

/** What a cell has room for. */
function textsOf(value: Matrix): readonly (readonly string[])[] {
  if (isLarge(value.shape)) return summaryOf(value).map((text) => [text]);
  const digits = value.data.length > 1 ? 3 : 4;
  return elementsOf(value).map((row) => row.map((k) => short(value.data[k] as number, digits)));
}
