import { css } from '../shared/reactive.ts'

export const styles = css`
  :host([compact]) .intro { display: none; }
  .root > * + .fallback { margin-top: calc(var(--_space) * 2); }
  .summary {
    padding: calc(var(--_space) * 2);
    border: 2px solid var(--_error);
    border-radius: var(--_radius);
  }
  .summary p { font-weight: 650; }
  .summary ul { padding-inline-start: 1.2em; }
  .summary a { display: inline-block; padding-block: 0.2em; color: var(--_error); }
  .safety {
    padding: calc(var(--_space) * 2);
    border: 2px solid var(--_amber);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_amber) 7%, var(--_paper));
  }
  .safety .card { background: var(--_paper); }
  .name { font-weight: 600; }
  .notice { padding-top: calc(var(--_space) * 2); border-top: 1px solid var(--_line); }
  .notice strong { color: var(--_ink); }
  .reference { font: 700 1.7em/1.4 ui-monospace, Consolas, monospace; letter-spacing: 0.06em; user-select: all; }
  form .exit { position: sticky; top: 0; z-index: 1; background: var(--_paper); }
  form > button, .stack > button { width: 100%; }
  [part='submit'] { min-width: min(100%, 14em); }
  .status { color: var(--_muted); }
`
