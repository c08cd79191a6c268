import { css } from './reactive.ts'

/** The screens of the staff, above the tokens: dense and quiet, for eight hours a day. */
export const staffStyles = css`
  :host {
    --_green: #1c6b3c;
    --_ground: var(--_paper);
    min-height: 100vh;
  }
  @supports (color: light-dark(red, red)) {
    :host {
      --_green: light-dark(#1c6b3c, #8fd6a8);
      --_ground: light-dark(#faf7f1, #14191b);
    }
  }
  .root {
    display: flex;
    flex-direction: column;
    max-width: none;
    min-height: 100vh;
    padding: 0;
    border: 0;
    border-top: 4px solid var(--_accent);
    border-radius: 0;
    background: var(--_ground);
    font-size: max(0.9375em, 15px);
    line-height: 1.45;
  }
  h1, h2, h3, h4 { font-size: 1.05em; line-height: 1.3; }
  h1 { font-weight: 700; }
  h2 { font-size: 1.25em; }
  [tabindex='-1']:focus { outline: 0; }
  ul, ol { padding: 0; list-style: none; }
  small, .hint { font-size: 0.9em; }
  kbd {
    padding: 0 0.4em;
    border: 1px solid currentcolor;
    border-radius: 4px;
    font: 600 0.8em/1.4 ui-monospace, monospace;
  }
  button, .button { padding-inline: 1em; }
  .button {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .band .button { margin-block: 0; }
  .second { border-width: 1px; border-color: var(--_edge); font-weight: 500; }
  .quiet { text-decoration-color: var(--_line); }
  .band, .asking, .card { border-radius: var(--_radius); }
  summary { min-height: 44px; padding-block: 0.6em; cursor: pointer; font-weight: 600; }
  .lines { white-space: pre-line; }
  .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9em, 100%), 1fr)); gap: 0 var(--_space); align-items: end; }
  .actions { gap: var(--_space) var(--_gap); }
  .actions > * + * { margin-top: 0; }
  .warm { padding: 0.4em 0.7em; border-inline-start: 3px solid var(--_amber); background: var(--_warm); }

  header { display: flex; flex-wrap: wrap; gap: 0 1.2em; align-items: center; min-height: 52px; padding: 2px 16px; border-bottom: 1px solid var(--_line); background: var(--_paper); }
  header nav { display: flex; flex: 1; }
  header .who a, header nav.languages a { display: inline-flex; align-items: center; justify-content: center; min-height: 44px; }
  header nav.languages { flex: none; order: 0; width: auto; }
  header nav.languages a { min-width: 44px; }

  .tab { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; color: inherit; font-weight: 500; }
  .tab[aria-current] { border-bottom-color: var(--_accent); font-weight: 700; }
  .bands > * { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between; margin: 8px 16px 0; }
  .bands .bad { border-color: var(--_error); background: var(--_paper); outline: 1px solid var(--_error); }
  .said { margin: 8px 16px 0; padding: 0.5em 0.9em; border-inline-start: 4px solid var(--_green); border-radius: var(--_radius); background: var(--_paper); font-weight: 600; }
  .said:empty { display: none; }
  .said.bad { border-color: var(--_error); }
  main { flex: 1; padding: 12px 16px 24px; }
  .alone { max-width: 40em; }
  .alone > * + *, .wide > * + * { margin-top: 12px; }
  .wide { width: 100%; max-width: 76em; }
  .wide > h2 + * { margin-top: 6px; }
  .wide > * + h2 { margin-top: 28px; }
  .empty { padding: 16px; border: 1px dashed var(--_edge); border-radius: var(--_radius); }
  .empty > * + * { margin-top: 8px; }
  .rows > * + * { margin-top: 6px; }
  .row { position: relative; padding: 8px 12px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_paper); }
  .row > * + * { margin-top: 2px; }
  .row.aside { background: none; }
  .row.mine { border: 2px solid var(--_accent); }
  .row .facts { display: flex; flex-wrap: wrap; gap: 0 10px; }
  .mark { display: inline-block; margin-inline-end: 0.4em; padding: 0 0.5em; border: 1px solid; border-radius: 4px; font-size: 0.85em; }
  .mark.late { border-color: var(--_error); background: var(--_error); color: var(--_paper); }
  .mark.soon { color: var(--_amber); }
  .mark.urgent { color: var(--_error); }
  dl.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; }
  dt { color: var(--_muted); font-size: 0.9em; }
  dd { margin: 0; }
  .scroll { overflow-x: auto; }
  table { width: 100%; border-collapse: collapse; background: var(--_paper); overflow-wrap: normal; }
  th, td { padding: 7px 10px; border-bottom: 1px solid var(--_line); text-align: start; vertical-align: baseline; }
  thead th { color: var(--_muted); font-size: 0.9em; }
  tbody th { font-weight: 600; }
  .asking { padding: 12px; border: 2px solid var(--_accent); }
  .asking > * + * { margin-top: 8px; }
  @media (max-width: 1099px) {
    header { gap: 0 0.8em; padding-block: 6px; }
    header nav { flex: none; flex-wrap: wrap; order: 5; width: 100%; }
    header .tab { overflow-wrap: normal; }
    header .who { margin-inline-start: auto; }
  }
  @media (forced-colors: active) {
    .mark, .band, .said, .warm { border: 1px solid; forced-color-adjust: auto; }
    .tab[aria-current] { border-color: Highlight; }
  }
`
