/** A figure of src/charts as wide as the room that it has. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { inPage } from "../../charts/index.js";

export interface ChartProps {
  /** Makes the SVG document for a width in pixels. */
  readonly draw: (width: number) => string;
  /** Whether its points stand for nothing: only the axes are shown. */
  readonly isEmpty?: boolean;
}

/** Charts are not drawn narrower. */
const NARROWEST = 220;

export function Chart({ draw, isEmpty = false }: ChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const element = place.current as HTMLDivElement;
    const measure = () => {
      width.value = Math.max(NARROWEST, Math.floor(element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const markup = useMemo(() => {
    return width.value === 0 ? "" : inPage(draw(width.value));
  }, [draw, width.value]);
  const name = isEmpty ? "chart-place empty" : "chart-place";
  return <div ref={place} class={name} dangerouslySetInnerHTML={{ __html: markup }} />;
}
