/** Numbers as a grid of coloured cells, each of which can be looked at by pointer and by keys. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { greyImage, signedImage } from "../charts/index.js";

export interface HeatMapProps {
  /** Row by row; cells that are left over stay blank. */
  readonly values: ArrayLike<number>;
  readonly columns: number;
  /** From 0 to `scale` in greys, or of both signs in two colours. */
  readonly kind: "grey" | "signed";
  /** What has full colour; by default the largest magnitude. */
  readonly scale?: number;
  /** What it is, for those who do not see it. */
  readonly label: string;
  /** What is said below as long as no cell is looked at. */
  readonly caption?: string;
  /** What a cell is and what it holds. */
  readonly textOf: (cell: number) => string;
  /** Told which cell is looked at. */
  readonly onLook?: (cell: number | undefined) => void;
}

export function HeatMap(props: HeatMapProps): JSX.Element {
  const { values, columns, label, caption = "", textOf, onLook } = props;
  const count = values.length;
  const rows = Math.ceil(count / columns);
  const pointed = useSignal<number | undefined>(undefined);
  const reached = useSignal(0);
  const focused = useSignal(false);
  const looked = pointed.value ?? (focused.value ? Math.min(reached.value, count - 1) : undefined);
  const look = (cell: number | undefined) => {
    pointed.value = cell;
    onLook?.(cell ?? (focused.value ? reached.value : undefined));
  };
  const point = (event: PointerEvent) => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / width) * columns);
    const row = Math.floor(((event.clientY - top) / height) * rows);
    const cell = row * columns + column;
    const isWithin = column >= 0 && column < columns && row >= 0 && cell < count;
    look(isWithin ? cell : undefined);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -reached.value,
      End: count - 1 - reached.value,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = reached.value + step;
    if (next < 0 || next >= count) return;
    reached.value = next;
    look(undefined);
  };
  return (
    <div class="heat-map">
      <div
        class="cells"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={looked ?? reached.value}
        aria-valuetext={textOf(looked ?? reached.value)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => look(undefined)}
        onKeyDown={press}
        onFocus={() => {
          focused.value = true;
          look(undefined);
        }}
        onBlur={() => {
          focused.value = false;
          look(undefined);
        }}
      >
        <Image {...props} rows={rows} />
        {looked !== undefined && (
          <div
            class="looked"
            style={{
              left: `${(100 * (looked % columns)) / columns}%`,
              top: `${(100 * Math.floor(looked / columns)) / rows}%`,
              width: `${100 / columns}%`,
              height: `${100 / rows}%`,
            }}
          />
        )}
      </div>
      <p class="readout">{looked === undefined ? caption : textOf(looked)}</p>
    </div>
  );
}

function Image({
  values,
  columns,
  rows,
  kind,
  scale,
}: HeatMapProps & { readonly rows: number }): JSX.Element {
  const full = scale ?? largestIn(values);
  const cells = new Float64Array(rows * columns).fill(Number.NaN);
  cells.set(values);
  const svg =
    kind === "signed"
      ? signedImage(cells, { rows, columns }, full)
      : greyImage(
          cells.map((value) => (value > 0 ? Math.min(255, (255 * value) / (full || 1)) : 0)),
          { rows, columns },
        );
  return <div dangerouslySetInnerHTML={{ __html: svg }} />;
}

/** The largest magnitude among numbers. */
export function largestIn(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!) || 0);
  return largest;
}
