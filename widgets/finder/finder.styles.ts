import { css } from '../shared/reactive.ts'

/** The tiles make two columns on a phone of 360 pixels: the longest words just fit, and are hyphenated where they do not. */
export const styles = css`
  .intro { margin-top: var(--_space); }
  .exit ~ * * { scroll-margin-top: 5em; }
  form { display: flex; flex-wrap: wrap; gap: var(--_gap); align-items: end; }
  form > * + * { margin: 0; }
  .field { flex: 1 1 14em; }
  form > .chips { flex: 1 1 100%; }
  .h2, .name { font-size: 1.1em; }
  ul { list-style: none; }
  dd ul { list-style: disc; padding-inline-start: 1.2em; }
  dt { margin-top: var(--_space); }
  .stack > .h1, .stack > .h2, .stack > .person, .stack > ul + p { margin-top: calc(var(--_space) * 4); }
  .h2 + * { margin-top: var(--_space); }

  .tiles, .lines { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(7.8em, 30%), 1fr)); gap: var(--_space); }
  .lines { grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr)); }
  .tiles button, .chips button { border: 1px solid var(--_edge); font-weight: 500; }
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

  .h2, dt, [role='status'], .question > summary, #call { font-weight: 600; }
  .card > * + * { margin-top: var(--_space); }
  li + .card { margin-top: calc(var(--_space) * 1.5); }
  .hours::before { content: '○ '; color: var(--_accent); }
  .hours.open::before { content: '● '; }
  .answer { white-space: pre-line; }
  summary { min-height: 44px; padding: 0.6em 0; cursor: pointer; }
  .question { border-bottom: 1px solid var(--_line); }
  [open] { padding-bottom: var(--_space); }

  .pressing .card { border-inline-start: 4px solid var(--_amber); }
  .person { padding: var(--_gap); border-radius: var(--_radius); background: var(--_soft); }
  .person > .h2:first-child { margin: 0; }
`
