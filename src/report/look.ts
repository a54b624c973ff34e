/** The look of a report: on screens of any width, light and dark, and on paper. */
import { STYLE } from "../charts/index.js";

/**
 * At the edges behind which there is more: the first two lie over the shadows, but scroll with what they are
 * the ends of.
 */
const SHADOWS = `background:${[
  "linear-gradient(to right,var(--chart-paper) 50%,transparent) 0/40px 100% local",
  "linear-gradient(to left,var(--chart-paper) 50%,transparent) 100%/40px 100% local",
  "linear-gradient(to right,rgb(128 128 128/.4),transparent) 0/16px 100%",
  "linear-gradient(to left,rgb(128 128 128/.4),transparent) 100%/16px 100%",
].join(",")};background-repeat:no-repeat`;

export const LOOK = `${STYLE}
:root{color-scheme:light dark}
*{box-sizing:border-box}
body.chart{margin:0;font-size:16px;line-height:1.5;background:var(--chart-paper);color:var(--chart-ink);accent-color:var(--chart-series-0)}
main,header,footer{max-width:704px;margin:0 auto;padding:0 16px}
header{padding-top:32px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:20px;margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--chart-rule);overflow-wrap:anywhere}
h3{font-size:15px;margin:0 0 8px 12px}
.soft,.note,figcaption,footer{color:var(--chart-soft)}
.note,figcaption,footer{font-size:13px}
.note{margin:0 12px 8px}
.remark{border-left:3px solid var(--chart-series-1);padding-left:12px}
.positive-ink{color:color-mix(in srgb,var(--chart-positive) 80%,var(--chart-ink))}.negative-ink{color:var(--chart-negative)}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
figure{margin:24px 0;break-inside:avoid}
figure>div>svg{display:block;max-width:100%;height:auto}
figcaption{margin:0 12px}
.narrow{display:none}
@media screen and (max-width:672px),print and (max-width:420px){.narrow{display:block}.wide{display:none}}
.scroll{overflow-x:auto;max-width:100%;${SHADOWS}}
.scroll:focus-visible,button:focus-visible,summary:focus-visible,canvas:focus-visible{outline:2px solid var(--chart-series-0);outline-offset:2px}
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:6px 16px 6px 0;border-bottom:1px solid var(--chart-rule);max-width:280px;overflow-wrap:break-word}
thead th{font-weight:600;max-width:200px}
th[scope=row]{font-weight:400;min-width:140px}
td .soft,th .soft{font-size:12px}td .soft,td code{white-space:nowrap}th b,th .soft{overflow-wrap:anywhere}
.machine{font-size:12px;white-space:nowrap}.machine span{display:block}
details{margin-top:12px}summary{cursor:pointer}
.digits{display:flex;flex-wrap:wrap;gap:8px;margin:0 12px}
.digit{font:12px/1.3 inherit;font-size:12px;color:inherit;background:none;border:1px solid transparent;border-radius:4px;padding:2px;width:64px;cursor:pointer}
.digit span{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.digit[aria-pressed=true],.digit:hover{border-color:var(--chart-series-0)}
svg.pixels{display:block;background:var(--chart-cell)}
.digit svg.pixels{width:56px;margin:0 auto}
.inspector,.answer{display:flex;flex-wrap:wrap;gap:16px;margin:16px 12px;scroll-margin:16px}
[hidden]{display:none!important}
.pictures{display:flex;gap:12px}
.inspector svg.pixels,.answer svg.pixels{width:140px}
.pictures>div{font-size:12px;color:var(--chart-soft)}
.outputs{flex:1 1 240px;min-width:220px;font-size:13px;border-spacing:0}
.outputs .bar{display:block;height:10px;min-width:1px;background:var(--chart-series-0)}
.outputs td,.outputs th{border:0;padding:1px 8px 1px 0;vertical-align:middle;white-space:nowrap;max-width:none}
.outputs th[scope=row]{min-width:0}.outputs td:first-of-type{width:100%;min-width:80px}
.outputs .won{font-weight:600}
.drawing{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}
canvas{width:252px;height:252px;background:var(--chart-cell);border:1px solid var(--chart-rule);border-radius:4px;touch-action:none;cursor:crosshair;display:block}
.drawing button{font:inherit;font-size:14px;margin-top:8px;padding:4px 12px;color:inherit;background:var(--chart-cell);border:1px solid var(--chart-soft);border-radius:4px;cursor:pointer}
.field{position:relative;width:252px}
#cursor{position:absolute;outline:2px solid var(--chart-series-1);outline-offset:-1px;pointer-events:none}
#keys{max-width:252px;margin:8px 0 0;font-size:13px}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%)}
.answers{flex:1 1 260px}
.answers h3{margin:0 12px}
footer{margin-top:40px;padding-bottom:32px}
@media print{main,header,footer{max-width:none}.drawing,.inspector,#draw,.choose{display:none}.scroll{overflow:visible;background:none}h2,h3,.note{break-after:avoid}h2{margin-top:24px}body.chart{font-size:11pt}
summary{list-style:none}th,td{padding-block:2px}details::details-content{content-visibility:visible;block-size:auto}.digit{border-color:transparent!important}figure{margin:12px 0}figure svg.chart{max-width:12.5cm}tr{break-inside:avoid}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
