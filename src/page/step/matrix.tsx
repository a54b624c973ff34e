/** Values in the text: a number, or a small table of numbers. */
import type { JSX } from "preact";
import type { Matrix } from "../../autodiff/index.js";
import { isLarge, largestOf, summaryOf } from "./model/large.js";
import { agreement, format } from "./model/numbers.js";

export function elementsOf({ shape: [rows, columns] }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => c * rows + r),
  );
}

interface ValueProps {
  readonly value: Matrix;
  readonly kind: "value" | "bar";
  /** Whether a negative number is put in parentheses, as after a sign. */
  readonly held?: boolean;
}

export function Value({ value, kind, held = false }: ValueProps): JSX.Element {
  const single = value.data.length === 1;
  const written = (x: number) => {
    const text = format(x, single ? 4 : 3);
    return held && single && x < 0 ? `(${text})` : text;
  };
  return <Grid value={value} kind={kind} cell={(k) => written(value.data[k] as number)} />;
}

/** Many digits, to compare: fewer where there are several numbers. */
function digitsOf({ data, shape }: Matrix): number {
  return data.length > 1 && !isLarge(shape) ? 6 : 10;
}

/** Bars to as many digits as the slopes beside them. */
export function Exact({ bars }: { bars: Matrix }): JSX.Element {
  const cell = (k: number) => agreement(bars.data[k] as number, 0, digitsOf(bars)).exact;
  return <Grid value={bars} kind="bar" cell={cell} only={largestOf(bars)} />;
}

/** Difference quotients, the digits that the bars have as well being marked. */
export function Slopes({ slopes, bars }: { slopes: Matrix; bars: Matrix }): JSX.Element {
  return (
    <Grid
      value={slopes}
      kind="slope"
      only={largestOf(bars)}
      cell={(k) => {
        const [bar, slope] = [bars.data[k] as number, slopes.data[k] as number];
        const { alike, different } = agreement(bar, slope, digitsOf(bars));
        return (
          <>
            <b>{alike}</b>
            <i>{different}</i>
          </>
        );
      }}
    />
  );
}

function Grid(props: {
  value: Matrix;
  kind: string;
  cell: (element: number) => JSX.Element | string;
  /** The element that stands for a large matrix. */
  only?: number;
}): JSX.Element {
  const { value, kind, cell, only } = props;
  const rows = elementsOf(value);
  if (isLarge(value.shape)) {
    return (
      <span class={`number ${kind}`}>
        {only === undefined ? (
          summaryOf(value).join(", ")
        ) : (
          <>
            <span class="soft">element {only + 1}: </span>
            {cell(only)}
          </>
        )}
      </span>
    );
  }
  if (value.data.length === 1) return <span class={`number ${kind}`}>{cell(0)}</span>;
  return (
    <span class={`grid ${kind}`}>
      {rows.map((row) => (
        <span key={row[0]} class="row">
          {row.map((k) => (
            <span key={k} class="number">
              {cell(k)}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
