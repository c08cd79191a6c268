import { css } from '../shared/reactive.ts'

export const styles = css`
  :host([compact]) .intro { display: none; }
  .h2 { font-size: 1.1em; font-weight: 650; }
  ul { list-style: none; }
  dd ul { list-style: disc; padding-inline-start: 1.2em; }
  dt { margin-top: var(--_space); font-weight: 600; }
  .stack > .h1, .stack > .h2, .stack > ul + p { margin-top: calc(var(--_space) * 4); }
  .h2 + * { margin-top: var(--_space); }

  .tiles, .lines { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12em, 100%), 1fr)); gap: var(--_space); }
  .tiles button {
    width: 100%;
    height: 100%;
    padding: 0.7em 0.9em;
    border: 1px solid var(--_edge);
    font-weight: 500;
    line-height: 1.3;
    text-align: start;
    hyphens: auto;
  }
  .chips { display: flex; flex-wrap: wrap; gap: var(--_space); }
  .chip {
    padding: 0.3em 1em;
    border: 1px solid var(--_edge);
    border-radius: 2em;
    background: var(--_paper);
    color: inherit;
    font-weight: 400;
  }
  .chip:hover { box-shadow: none; background: var(--_soft); }
  .chip[aria-pressed='true'] { border: 2px solid var(--_accent); background: var(--_soft); font-weight: 600; }

  [role='status'], .question > summary, .name, #call { font-weight: 600; }
  .name { font-size: 1.08em; line-height: 1.3; }
  .card > * + * { margin-top: var(--_space); }
  .card + .card { margin-top: calc(var(--_space) * 1.5); }
  .lines .card { margin: 0; }
  .hours::before { content: '○ '; color: var(--_accent); }
  .hours.true::before { content: '● '; }
  .answer { white-space: pre-line; }
  summary { min-height: 44px; padding: 0.6em 0; color: var(--_link); cursor: pointer; }
  .question { border-bottom: 1px solid var(--_line); }
  [open] { padding-bottom: var(--_space); }

  .pressing .card { border-inline-start: 4px solid var(--_amber); }
  .person { padding: calc(var(--_space) * 2); border-radius: var(--_radius); background: var(--_soft); }
  .stack > .person { margin-top: calc(var(--_space) * 4); }
  :focus:not(:focus-visible) { outline: none; }
`
