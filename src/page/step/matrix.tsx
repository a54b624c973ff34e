/** Values in the text: a number, or a small table of numbers. */
import type { JSX } from "preact";
import type { Matrix } from "../../autodiff/index.js";
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

/** Difference quotients, the digits that the bars have as well being marked. */
export function Slopes({ slopes, bars }: { slopes: Matrix; bars: Matrix }): JSX.Element {
  return (
    <Grid
      value={slopes}
      kind="slope"
      cell={(k) => {
        const { alike, different } = agreement(bars.data[k] as number, slopes.data[k] as number);
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

function Grid({
  value,
  kind,
  cell,
}: {
  value: Matrix;
  kind: string;
  cell: (element: number) => JSX.Element | string;
}): JSX.Element {
  const rows = elementsOf(value);
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
