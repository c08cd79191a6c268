import { css } from '../shared/reactive.ts'

export const styles = css`
  .summary { border: 2px solid var(--_error); }
  .summary ul { padding-inline-start: 1.2em; }
  .summary li { margin-top: 0.4em; }
  .summary a { display: block; padding-block: 0.6em; }
  :host(:state(closed)) [role='status'] { position: absolute; clip-path: inset(50%); }
  .news:not(:empty) { padding: 0.6em 0.9em; border-inline-start: 3px solid var(--_accent); background: var(--_soft); font-weight: 600; }
  .safety { border: 2px solid var(--_amber); background: var(--_warm); }
  .notice { padding-top: var(--_gap); border-top: 1px solid var(--_line); }
  .reference { font: 700 1.7em monospace; user-select: all; }
  .card > * + * { margin-top: 4px; }
  .actions { row-gap: var(--_space); }
  [id$='day'] > .choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15em, 100%), 1fr)); }
  form > .stack > button { width: 100%; }
  @media print {
    form { display: block !important; }
    form > :not(.safety) { display: none !important; }
  }
`
