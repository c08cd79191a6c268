import { css } from '../shared/reactive.ts'

/** What is handed to partners: the panel in a call, and the page of cases. */
export const styles = css`
  .hand fieldset > * + * { margin-top: 10px; }
  .hand > * + * { margin-top: 20px; }
  .hand fieldset fieldset { margin-top: 12px; }
  .offers > * + * { margin-top: 6px; }
  .offer { display: flex; gap: 0.7em; align-items: start; min-height: 44px; padding: 8px 12px; border: 1px solid var(--_edge); border-radius: var(--_radius); font-weight: 400; cursor: pointer; }
  .offer:has(:checked) { border: 2px solid var(--_accent); background: var(--_soft); }
  .offer input { flex: none; width: 1.25em; min-height: 1.25em; height: 1.25em; margin-top: 0.1em; accent-color: var(--_accent); }
  .offer small { display: block; }
  .aloud { padding: 8px 12px; border-radius: 0 var(--_radius) var(--_radius) 0; background: var(--_soft); }
  .preview { padding: 12px !important; border: 2px solid var(--_accent) !important; border-radius: var(--_radius); }
  .preview dl > * + * { margin-top: 6px; }
  .handing > .before { font-size: 0.95em; }
  .handing > .before > li + li { margin-top: 4px; }

  header .fill { flex: 1; }
  .count { display: inline-block; min-width: 1.7em; padding: 0 0.4em; border: 1px solid var(--_edge); border-radius: 1em; font-size: 0.9em; text-align: center; }
  .list > * + * { margin-top: 6px; }
  .list > * + h3 { margin-top: 20px; }
  .row .to { width: 100%; font-weight: 600; }
  .row .about:empty { display: none; }
  .one { min-width: 0; }
  .one > * + * { margin-top: 12px; }
  .one > section { padding: 12px 16px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_paper); }
  .one > section > * + * { margin-top: 8px; }
  .one > .safe { border: 2px solid var(--_amber); background: var(--_warm); }
  .one .title > .warm { margin-top: 8px; }
  .one .title .hint > * { margin-inline-end: 0.4em; }
  .row .object { overflow-wrap: anywhere; }
  .row .back { font-weight: 600; color: var(--_amber); }
  .steps > li { padding-block: 6px; }
  .steps > li + li { border-top: 1px solid var(--_line); }
  .steps > li > * + * { margin-top: 4px; }
  .acts .actions + .actions, .acts .asking { margin-top: 12px; }
  .unsent, .one > .unsent { padding: 12px 16px; border: 2px solid var(--_amber); border-radius: var(--_radius); background: var(--_warm); }
  .unsent > * + * { margin-top: 8px; }
  code { font: 0.95em ui-monospace, monospace; }
  @media (min-width: 900px) {
    .cases { display: grid; grid-template-columns: minmax(300px, 24em) minmax(0, 1fr); gap: 20px; align-items: start; }
    main.wide > .cases { max-width: 84em; }
    .cases .one > p:first-child > .quiet { display: none; }
  }
  @media (max-width: 899px) {
    .cases.opened .list, .cases:not(.opened) .one { display: none; }
  }
  @media (forced-colors: active) {
    .offer:has(:checked), .row.mine { outline: 2px solid Highlight; }
    .aloud { border: 1px solid; }
  }
`
