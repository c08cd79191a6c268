/**
 * The whole style of the pages, in each of them: it is small, and a page that was saved or printed keeps it. Colours are those of the
 * widgets (`widgets/shared/tokens.ts`); browsers without `prefers-color-scheme` get the light ones. Lengths in `em`, so that larger text
 * stays in its frame.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #faf7f1; --paper: #fff; --ink: #20282c; --quiet: #545b5e; --line: #d9d3c7;
  --accent: #17606c; --on-accent: #fff; --amber: #b4540a; --warm: #fdf3e9; --focus: #1b4fc4; --open: #1c6b3c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14191b; --paper: #1b2023; --ink: #ece8e0; --quiet: #b9b6af; --line: #44484a;
    --accent: #84cdd3; --on-accent: #06282d; --amber: #f2a65a; --warm: #2d261d; --focus: #b3ccff; --open: #8fd6a8;
  }
}
* { box-sizing: border-box; margin: 0; }
html { font: 106.25%/1.55 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
body { background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
.frame { max-width: 44rem; margin: 0 auto; padding: 0 1.1rem; }
a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 2px; text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.9em; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.15em; line-height: 1.3; }
ul { padding: 0; list-style: none; }
.skip { position: absolute; left: -99em; padding: 0.6em 1em; background: var(--paper); }
.skip:focus { left: 0.5em; top: 0.5em; z-index: 2; }

.top { border-bottom: 1px solid var(--line); background: var(--paper); border-top: 5px solid var(--accent); }
.top .frame { display: flex; flex-wrap: wrap; gap: 0 1.2em; align-items: center; justify-content: space-between; }
.top a { display: inline-block; padding: 0.6em 0; }
.brand { font-weight: 700; text-decoration: none; }
.tongues { display: flex; flex-wrap: wrap; gap: 0 1.1em; font-size: 0.94em; }
.tongues [aria-current] { font-weight: 700; text-decoration: none; }
.danger { background: var(--warm); border-bottom: 1px solid var(--line); font-size: 0.94em; }
.danger .frame { display: flex; flex-wrap: wrap; gap: 0 1.2em; justify-content: space-between; align-items: center; }
.danger a { display: inline-block; padding: 0.5em 0; font-weight: 700; }
.danger a.exit { padding: 0.3em 0.9em; margin: 0.4em 0; border: 2px solid var(--amber); border-radius: 8px; background: var(--paper); text-decoration: none; }

main.frame { display: block; padding-block: 1.6rem 3rem; }
main > * + *, .card > * + *, .stack > * + * { margin-top: 0.8em; }
.whose { color: var(--quiet); }
.whose + h1, h1 + .whose { margin-top: 0.1em; }
.lead { font-size: 1.06em; }
.band { padding: 0.7em 1em; border-inline-start: 5px solid var(--amber); background: var(--warm); }
.note { padding: 0.6em 1em; border: 1px dashed var(--line); border-radius: 8px; color: var(--quiet); }
.card { padding: 1.1em 1.2em; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.urgent { border: 2px solid var(--amber); }
.urgent > .stack { padding-top: 0.8em; border-top: 1px solid var(--line); }
.urgent > .stack > * + * { margin-top: 0.35em; }
.phones { display: flex; flex-wrap: wrap; gap: 0.7em 1.6em; }
.phone { display: inline-block; padding: 0.25em 0.8em; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-size: 1.5em; font-weight: 700; white-space: nowrap; text-decoration: none; font-variant-numeric: tabular-nums; }
.phone:hover { text-decoration: underline; }
.phones small { display: block; margin-top: 0.2em; color: var(--quiet); font-size: 0.9em; }
.status { font-weight: 700; }
.open { color: var(--open); }
.open::before { content: '● '; }
.times { display: grid; grid-template-columns: max-content 1fr; gap: 0.15em 1.4em; }
.times + p { margin-top: 0.3em; color: var(--quiet); font-size: 0.94em; }
.times dt { font-weight: 600; }
.facts > div { padding: 0.8em 0; border-top: 1px solid var(--line); margin-top: 0; }
.facts > div:first-child { border-top: 0; padding-top: 0; }
.facts > div:last-child { padding-bottom: 0; }
.facts dt { font-weight: 700; }
.facts dd { margin: 0.1em 0 0; }
.facts dd .stack > * + *, .facts dd p + p { margin-top: 0.5em; }
.bullets li { padding-inline-start: 1.2em; position: relative; }
.bullets li::before { content: '–'; position: absolute; inset-inline-start: 0; color: var(--accent); }
.links li + li { margin-top: 0.1em; }
.links a { display: inline-block; padding: 0.35em 0; }
.links p { color: var(--quiet); font-size: 0.94em; margin-top: -0.3em; }
.links p a { color: var(--ink); font-weight: 700; white-space: nowrap; }
.links p + p { margin-top: 0; }
label { font-weight: 700; }
label + small { display: block; color: var(--quiet); }
input { width: 100%; min-height: 44px; padding: 0.5em 0.7em; border: 1px solid var(--quiet); border-radius: 8px; background: var(--ground); color: inherit; font: inherit; }
form p + p:not(:last-child) { margin-top: 0.3em; }
form p.ask:not(:first-child) { margin-top: 1.1em; }
button { min-height: 44px; padding: 0.4em 1.2em; border: 1px solid var(--accent); border-radius: 8px; background: var(--paper); color: inherit; font: inherit; cursor: pointer; }
button.go { background: var(--accent); color: var(--on-accent); font-weight: 700; }
.choices, .subjects { display: flex; flex-wrap: wrap; gap: 0.5em; }
.subjects a { display: inline-block; min-height: 44px; padding: 0.45em 0.9em; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); }
summary { min-height: 44px; padding: 0.5em 0; cursor: pointer; font-weight: 700; }
section { padding-top: 1em; }
section > * + * { margin-top: 0.4em; }
.fine { padding-top: 1em; color: var(--quiet); font-size: 0.94em; }
.fine p + p { margin-top: 0.2em; }
@media (max-width: 30em) {
  h1 { font-size: 1.55em; }
  main.frame { padding-top: 1.1rem; }
  .card { padding: 0.9em 1em; }
  .times { grid-template-columns: 1fr; gap: 0; }
  .times dd { margin: 0 0 0.4em; }
}
@media (min-width: 42em) {
  .facts > div { display: grid; grid-template-columns: 10.5em 1fr; gap: 1.2em; }
  .facts dd { margin: 0; }
}
@media print {
  .top, .danger, .skip { display: none; }
  body { background: #fff; color: #000; }
  .phone { background: none; color: #000; padding: 0; }
}
@media (forced-colors: active) { .phone, .band { border: 1px solid; } }
`
