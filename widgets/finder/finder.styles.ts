import { css } from '../shared/reactive.ts'

export const styles = css`
  .intro { margin-top: var(--_space); }
  .fallback { display: block; padding: var(--_gap); border-radius: var(--_radius); background: var(--_paper); }
  .exit { position: sticky; top: 0; z-index: 1; background: var(--_paper); }
  .exit ~ * * { scroll-margin-top: 5em; }
  .exit .quiet { padding-inline: 1.25em; border: 2px solid; text-decoration: none; }
  form { display: flex; flex-wrap: wrap; gap: var(--_gap); align-items: end; }
  form > * + * { margin: 0; }
  .field { flex: 1 1 14em; }
  form > .chips { flex: 1 1 100%; }
  .h2 { font-size: 1.1em; font-weight: 600; }
  ul { list-style: none; }
  dd ul { list-style: disc; padding-inline-start: 1.2em; }
  dt { margin-top: var(--_space); font-weight: 600; }
  .stack > .h1, .stack > .h2, .stack > ul + p { margin-top: calc(var(--_space) * 4); }
  .h2 + * { margin-top: var(--_space); }

  .tiles, .lines { display: grid; grid-template-columns: repeat(auto-fill, minmax(max(8em, 30%), 1fr)); gap: var(--_space); }
  .lines { grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr)); }
  .tiles button {
    width: 100%;
    height: 100%;
    padding: 0.7em;
    border: 1px solid var(--_edge);
    font-weight: 500;
    line-height: 1.3;
    text-align: start;
    hyphens: auto;
    overflow-wrap: break-word;
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
  .chip[aria-pressed='true'] { border: 2px solid var(--_accent); background: var(--_soft); font-weight: 600; }

  [role='status'], .question > summary, #call { font-weight: 600; }
  .name { font-size: 1.08em; }
  .card > * + * { margin-top: var(--_space); }
  .card + .card { margin-top: calc(var(--_space) * 1.5); }
  .lines .card { margin: 0; }
  .hours::before { content: '○ '; color: var(--_accent); }
  .hours.open::before { content: '● '; }
  .answer { white-space: pre-line; }
  summary { min-height: 44px; padding: 0.6em 0; cursor: pointer; }
  .question { border-bottom: 1px solid var(--_line); }
  [open] { padding-bottom: var(--_space); }

  .pressing .card { border-inline-start: 4px solid var(--_amber); }
  .person { padding: var(--_gap); border-radius: var(--_radius); background: var(--_soft); }
  .person > .h2:first-child { margin: 0; }
  .stack > .person { margin-top: calc(var(--_space) * 4); }
`
