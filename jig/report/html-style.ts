/** For a screen and for paper: dark on white, figures in columns, nothing from the network. */
export const style = `
:root { --ink: #1a1a1a; --soft: #5c5c5c; --rule: #d4d4d4; --fill: #f4f4f4; --blue: #1f5a94; --red: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 28px 64px; max-width: 1120px; background: #fff; color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 44px 0 4px; padding-top: 12px; border-top: 2px solid var(--ink); }
h3 { font-size: 15px; margin: 26px 0 6px; }
p { margin: 4px 0 12px; max-width: 105ch; }
.soft, figcaption, th { color: var(--soft); }
.warning { color: var(--red); font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 22px 0 8px; }
.tile { border: 1px solid var(--rule); border-radius: 4px; padding: 12px 14px; }
.tile b { display: block; font-size: 30px; line-height: 1.15; }
ul.look { margin: 6px 0; padding-left: 20px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
th { font-weight: 600; text-align: left; font-size: 13px; border-bottom: 1px solid var(--ink); padding: 4px 10px 4px 0; vertical-align: bottom; }
td:first-child { white-space: nowrap; }
td { border-bottom: 1px solid var(--rule); padding: 5px 10px 5px 0; vertical-align: middle; }
th.number, td.number { text-align: right; white-space: nowrap; }
tr.all td { font-weight: 600; border-bottom: 0; }
td.bar-cell { width: 34%; }
.share { height: 14px; background: var(--fill); position: relative; }
.share i { position: absolute; inset: 0 auto 0 0; background: var(--blue); }
.share u { position: absolute; top: -2px; bottom: -2px; width: 2px; background: var(--ink); }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 14px 24px; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-size: 13px; margin-bottom: 2px; }
svg { display: block; width: 100%; height: auto; }
svg.histogram { width: 200px; }
svg text { font: 11px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
svg .name { font-weight: 600; }
svg .limit-label { fill: var(--red); }
.panel { fill: #fff; stroke: var(--rule); }
.limit { stroke: var(--red); stroke-dasharray: 5 3; }
.centre { stroke: var(--soft); }
.run { fill: none; stroke: var(--blue); stroke-width: 1; opacity: .55; }
.dots { fill: none; stroke: var(--blue); stroke-width: 3.4; stroke-linecap: round; }
.signal { fill: #fff; stroke: var(--red); stroke-width: 2; }
.bar { fill: var(--blue); }
.axis { stroke: var(--soft); }
.bound { stroke: var(--red); stroke-width: 1.5; }
a { color: var(--blue); }
@media (max-width: 760px) { .tiles { grid-template-columns: 1fr 1fr; } .charts { grid-template-columns: 1fr; } }
@media print {
  @page { margin: 14mm; }
  body { padding: 0; max-width: none; font-size: 11px; }
  a { color: inherit; text-decoration: none; }
  h1 { font-size: 20px; }
  h2 { font-size: 15px; margin-top: 26px; }
  h3, figcaption, th { font-size: 10.5px; }
  svg.histogram { width: 130px; }
  .tile b { font-size: 22px; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
