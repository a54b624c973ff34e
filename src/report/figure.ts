/** A figure of a report, which is drawn at the width that it is given. */
export interface ReportFigure {
  /** A name for its file, without an extension. */
  readonly file: string;
  /** An SVG document of this width in pixels. */
  readonly draw: (width: number) => string;
  /** Whether it may be shown smaller than it was drawn, as there is hardly any text in it. */
  readonly scales?: boolean;
  /** What is to be known for reading it. */
  readonly note?: string;
}
