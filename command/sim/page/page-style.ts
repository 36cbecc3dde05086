/** Light and dark, from a telephone's width up. Colours keep 3:1 against the page for shapes, 4.5:1 for text. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fff; --ink: #1b1f24; --soft: #59636e; --rule: #d5dae0; --fill: #f3f5f7;
  --blue: #1f5fa8; --band: #a9c8ea; --orange: #b25000; --green: #14713d; --red: #b3261e; --grey: #8a94a0; }
@media (prefers-color-scheme: dark) { :root { --page: #12161b; --ink: #e6eaee; --soft: #a3adb8; --rule: #333b45;
  --fill: #1b2128; --blue: #6cb0f5; --band: #2c4f78; --orange: #f0a050; --green: #5cc98a; --red: #ff8a80; --grey: #7b8793; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 28px 24px 48px; max-width: 1100px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 27px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 34px 0 2px; padding-top: 12px; border-top: 1px solid var(--rule); }
p { margin: 2px 0 8px; max-width: 100ch; }
.soft, section > p { color: var(--soft); }
section > p { font-size: 14px; }
.verdict { font-weight: 600; font-size: 16px; margin: 6px 0; }
.good { color: var(--green); } .bad { color: var(--red); }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 10px; margin: 16px 0 0; }
.tiles div { background: var(--fill); border-radius: 6px; padding: 10px 14px; color: var(--soft); font-size: 14px; line-height: 1.3; }
.tiles b { display: block; font-size: 23px; color: var(--ink); line-height: 1.3; }
figure { margin: 8px 0 0; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
.narrow { display: none; }
svg text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg text.soft { fill: var(--soft); font-size: 12px; }
svg text.name { font-weight: 600; }
.grid { stroke: var(--rule); } .axis { stroke: var(--grey); }
.flow { fill: var(--blue); } .most { fill: var(--ink); }
.rest { fill: var(--grey); } .modem { fill: var(--blue); } .search { fill: var(--orange); } .processor { fill: url(#hatch); }
.ground { fill: var(--page); } .stroke { stroke: var(--orange); stroke-width: 3.2; } .soft-stroke { stroke: var(--grey); stroke-width: 2; }
.patterns { position: absolute; }
.line { fill: none; stroke-linejoin: round; }
.line.truth { stroke: var(--band); stroke-width: 7; }
.line.register { stroke: var(--ink); stroke-width: 1.4; }
.line.head-end { stroke: var(--orange); stroke-width: 1.8; stroke-dasharray: 6 3; }
.band { fill: url(#bands); }
.mark { stroke: var(--page); stroke-width: 1; }
.mark.event { fill: var(--blue); } .mark.fault { fill: var(--red); } .mark.network { fill: var(--orange); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 4px 0; padding: 0; font-size: 14px; }
.key { width: 34px; height: 10px; margin-right: 7px; }
.swatch { width: 13px; height: 13px; margin-right: 8px; vertical-align: -2px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; margin: 6px 0; }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.shares { max-width: 720px; } .track { width: 45%; vertical-align: middle; }
.track i { display: block; height: 9px; background: var(--grey); min-width: 1px; }
.scroll { overflow-x: auto; } .scroll td { white-space: nowrap; } .scroll td.what { white-space: normal; min-width: 110px; }
.scroll td.value { white-space: normal; min-width: 220px; overflow-wrap: anywhere; }
code, pre { font: 13px ui-monospace, "DejaVu Sans Mono", monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--fill); padding: 8px 10px; border-radius: 6px; }
footer { margin-top: 30px; font-size: 14px; }
@media (max-width: 700px) {
  body { padding: 18px 14px 36px; }
  h1 { font-size: 23px; }
  .tiles { grid-template-columns: 1fr 1fr; } .tiles b { font-size: 19px; }
  .wide { display: none; } .narrow { display: block; max-width: 520px; }
  .track { width: 26%; }
}
@media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
`;
