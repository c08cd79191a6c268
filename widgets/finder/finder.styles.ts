import { css } from '../shared/reactive.ts'

/** What only the finder shows. Heights are kept for what is on its way, so that a page does not move when it comes. */
export const styles = css`
  .fallback:first-child { min-height: 60em; }
  .intro { margin-top: var(--_space); }
  .exit ~ * * { scroll-margin-top: 5em; }
  form { display: flex; flex-wrap: wrap; gap: var(--_gap); align-items: start; }
  form > * + * { margin: 0; }
  .field { flex: 1 1 14em; }
  form > .chips, form > details, .report > .field { flex: 1 1 100%; }
  form > .choices { flex: 1 1 11em; }
  form > button { flex: 1 1 9em; }
  fieldset .choices { columns: 15em; }
  .choices > label { break-inside: avoid; }
  .h2, .name { font-size: 1.1em; }
  ul { list-style: none; }
  dd ul { list-style: disc; padding-inline-start: 1.2em; }
  dt { margin-top: var(--_space); }
  .stack > .h1, .stack > .h2, .stack > .person, .stack > ul + p { margin-top: calc(var(--_space) * 4); }
  .h2 + * { margin-top: var(--_space); }

  .combo { position: relative; }
  .combo > ul {
    position: absolute;
    inset-inline: 0;
    z-index: 2;
    margin: 2px 0;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_paper);
  }
  .combo li { min-height: 44px; padding: 0.55em 0.75em; cursor: pointer; }
  .combo li:hover { background: var(--_soft); }
  .combo [aria-selected='true'] { outline: 3px solid var(--_focus); outline-offset: -3px; }

  .tiles, .lines { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(7.8em, 30%), 1fr)); gap: var(--_space); }
  .lines { grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr)); }
  .tiles button, .chips button { border: 1px solid var(--_edge); font-weight: 500; }
  .tiles li { min-height: 4em; border-radius: var(--_radius); background: var(--_soft); }
  .tiles button {
    width: 100%;
    height: 100%;
    padding: 0.5em 0.4em;
    font-size: max(0.92em, 16px);
    line-height: 1.3;
    text-align: start;
    hyphens: auto;
  }
  .chips { display: flex; flex-wrap: wrap; gap: var(--_space); }
  .chips button { padding: 0.3em 1em; border-radius: 2em; }
  .chips [aria-pressed='true'] { border: 2px solid var(--_accent); background: var(--_soft); font-weight: 600; }

  .h2, dt, [role='status'], summary, #call { font-weight: 600; }
  [role='status'] { min-height: 1.5em; }
  .card > * + * { margin-top: var(--_space); }
  li + .card { margin-top: calc(var(--_space) * 1.5); }
  .results .number { padding: 0.1em 0.6em; border: 2px solid var(--_accent); border-radius: var(--_radius); text-decoration: none; }
  .verdict span {
    display: inline-block;
    width: 1.5em;
    border: 1px solid;
    border-radius: 50%;
    text-align: center;
  }
  .eligible span { background: var(--_accent); color: var(--_on-accent); }
  .hours::before { content: '○ '; color: var(--_accent); }
  .hours.open::before { content: '● '; }
  .links { display: flex; flex-wrap: wrap; gap: 0 var(--_gap); }
  .links a { padding: 0.6em 0; }
  .old { padding-inline-start: 0.6em; border-inline-start: 4px solid var(--_amber); }
  .answer { white-space: pre-line; }
  summary { min-height: 44px; padding: 0.6em 0; cursor: pointer; }
  .question { border-bottom: 1px solid var(--_line); }
  [open] { padding-bottom: var(--_space); }

  .pressing .card { border-inline-start: 4px solid var(--_amber); }
  .person { padding: var(--_gap); border-radius: var(--_radius); background: var(--_soft); }
  .person > .h2:first-child { margin: 0; }
  @media print {
    .card { break-inside: avoid; }
    .tiles, summary, [role='status'] { display: none; }
    .question summary { display: block; }
  }
`
