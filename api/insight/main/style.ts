/** What the report has beside the style of the pages (`pages/style.ts`). */
export const REPORT_STYLE = `
.frame { max-width: 66rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5em, 1fr)); gap: 0.8em; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 0.8em 1em; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.figures dd { margin: 0; font-size: 1.9em; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures dt { color: var(--quiet); font-size: 0.94em; }
section { padding-top: 2em; }
section h2 { font-size: 1.3em; }
section .card { margin-top: 0.8em; }
.pair { display: grid; gap: 1.4em 2.4em; align-items: start; }
.pair > * { min-width: 0; }
.plot { display: block; overflow: visible; font: 14px/1 system-ui, sans-serif; fill: var(--ink); }
.plot .value { fill: var(--quiet); font-variant-numeric: tabular-nums; }
.plot .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
.bar, .dot { fill: var(--accent); }
.few, .withheld { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.withheld { stroke-dasharray: 3 2; }
.grid { stroke: var(--line); }
.ground, .end { stroke: var(--quiet); stroke-width: 1.5; }
.span { stroke: var(--accent); stroke-width: 3; opacity: 0.55; }
.scroll { max-height: 27em; overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
.scroll:focus-visible { outline-offset: 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.94em; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--line); }
th, td { padding: 0.35em 0.8em; text-align: start; vertical-align: baseline; font-weight: 400; overflow-wrap: break-word; }
thead th { font-weight: 700; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
td.number { white-space: nowrap; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
abbr { text-decoration: none; }
.card + p, .pair + p { font-size: 0.94em; }
.file { margin-top: 0.5em; font-size: 0.94em; }
.file a { display: inline-block; padding: 0.5em 0; }
.files li { padding: 0.1em 0; }
.files a { display: inline-block; padding: 0.45em 0; }
@media (min-width: 56em) { .pair { grid-template-columns: 3fr 2fr; } }
@media print {
  :root { --ground: #fff; --paper: #fff; --ink: #000; --quiet: #333; --line: #bbb; --accent: #17606c; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  .card { border: 0; padding: 0; }
  .file, .files { display: none; }
  .bar, .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .plot, .figures div { break-inside: avoid; }
  h2 { break-after: avoid; }
}
@media (forced-colors: active) { .plot { fill: CanvasText; } .bar, .dot { fill: Highlight; } .few, .withheld { fill: none; stroke: Highlight; } }
`
