import { css } from '../shared/reactive.ts'

/** The desk: three columns on a wide screen, one at a time below it. */
export const styles = css`
  .link { color: var(--_muted); font-size: 0.9em; white-space: nowrap; }
  .link span { display: inline-block; width: 0.65em; height: 0.65em; margin-inline-end: 0.35em; border: 2px solid var(--_amber); border-radius: 50%; }
  .link.live span { border-color: var(--_green); background: var(--_green); }
  .link.away span { border-color: var(--_error); }

  .keys { margin: 8px 16px 0; padding: 12px 16px; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_paper); }
  .keys dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17em, 100%), 1fr)); gap: 4px 24px; margin-block: 8px; }
  .keys dl div { display: flex; gap: 0.8em; align-items: baseline; }
  .keys dt { min-width: 3.5em; margin: 0; }

  .column { min-width: 0; }
  .column > * + * { margin-top: 12px; }

  .numbers ul { display: flex; flex-wrap: wrap; gap: 2px 14px; }
  .numbers b { font-size: 1.35em; font-variant-numeric: tabular-nums; }
  .numbers .late { color: var(--_error); }
  .numbers .soon { color: var(--_amber); }
  .next { width: 100%; min-height: 52px; font-size: 1.1em; }
  .filters { margin-block: 4px; }
  .filters summary { color: var(--_muted); }
  .filters + * { margin-top: 4px !important; }
  .row .holder { color: var(--_muted); font-style: italic; }
  .row:has(.take) { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 8px; }
  .row:has(.take) > * { grid-column: 1; }
  .row .take { grid-column: 2; grid-row: 1 / span 3; align-self: start; }
  .age { font-variant-numeric: tabular-nums; white-space: nowrap; }
  .row:has(.take) .age { white-space: normal; }
  .age svg { margin-inline-end: 0.3em; vertical-align: 0.05em; }
  .age .track { fill: var(--_line); }
  .age .bar { fill: var(--_green); }
  .age.soon .bar { fill: var(--_amber); }
  .age.late .bar { fill: var(--_error); }
  .age.late { color: var(--_error); font-weight: 600; }
  .when { margin-inline-start: 0.6em; color: var(--_muted); }

  .call > section, .call > .title, .call > details { padding: 12px 16px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_paper); }
  .call > details { padding-block: 2px; }
  .call > .title { padding: 4px 0; border: 0; background: none; }
  .call section > * + * { margin-top: 8px; }
  .call .safe { border: 2px solid var(--_amber); background: var(--_warm); font-size: 1.1em; }
  .safe li { display: flex; font-weight: 700; }
  .safe .may { font-weight: 500; }
  .safe li span { flex: none; width: 1.3em; }
  .safe .wish { padding-inline-start: 0.8em; border-inline-start: 3px solid var(--_amber); font-weight: 600; }
  .contact .number { font-size: 2.2em; line-height: 1.3; font-variant-numeric: tabular-nums; }
  .contact .name { font-size: 1.1em; }
  .contact .masked { font-size: 1.5em; font-variant-numeric: tabular-nums; }
  .contact .masked small, .contact .name small { font-size: 0.6em; }
  .contact .name small { font-size: 0.85em; }
  blockquote { padding-inline-start: 0.9em; border-inline-start: 3px solid var(--_accent); font-size: 1.06em; white-space: pre-line; }
  .note { padding: 6px 10px; border-radius: 6px; background: var(--_soft); }
  .notes textarea { resize: vertical; }
  .saving { min-height: 1.4em; margin-top: 0 !important; }
  .outcomes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13.5em, 100%), 1fr)); gap: 8px; }
  .outcome { display: flex; flex-direction: column; text-align: start; line-height: 1.3; padding: 8px 12px; font-weight: 600; }
  .outcome small { color: inherit; font-weight: 400; }
  .outcome[aria-expanded] { border: 2px solid var(--_accent); background: var(--_soft); }
  .before li { font-size: 0.95em; }
  .picked { padding: 12px; border-radius: var(--_radius); background: var(--_soft); }
  .picked li { display: flex; gap: 8px; align-items: center; justify-content: space-between; }
  .referrals ul > li + li { margin-top: 4px; }
  .referrals li small { margin-inline-start: 0.5em; }
  .closing form > * + * { margin-top: 10px; }
  .closing fieldset .choices { columns: 15em; }
  .choices > label { break-inside: avoid; }
  .closing details[open] { padding-bottom: 8px; }

  .help form > * + * { margin-top: 6px; }
  .help form > button { width: 100%; }
  .matches > * + * { margin-top: 8px; }
  .matches .card { padding: 10px 12px; border-color: var(--_line); }
  .card > * + * { margin-top: 4px; }
  .card .number { font-size: 1.2em; padding-block: 0.5em; }
  .question + .question { border-top: 1px solid var(--_line); }
  .help dl dt { margin-top: 6px; }

  .row form.actions { gap: 4px 8px; }
  .row form select { width: auto; min-width: 9em; max-width: 100%; }
  .row form label { font-weight: 400; }
  .targets { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19em, 100%), 1fr)); gap: 8px 24px; margin-top: 8px; padding: 8px 12px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_paper); }
  .targets legend { padding-inline: 4px; }
  .targets form { display: grid; grid-template-columns: minmax(5.5em, 1fr) 5em auto; gap: 8px; align-items: center; overflow-wrap: normal; }
  .targets form > * { margin: 0; }
  .targets label { font-weight: 400; }
  .unprinted .field { width: 12em; }

  .tabs { display: none; }
  @media (min-width: 1100px) {
    .columns { display: grid; grid-template-columns: minmax(300px, 22em) minmax(0, 1fr) minmax(320px, 25em); gap: 20px; align-items: start; }
    .narrow { display: none; }
    .root { height: 100vh; overflow: clip; }
    .columns { flex: 1; min-height: 0; padding-block: 0; }
    .column { height: 100%; padding-block: 12px 24px; padding-inline: 3px; overflow-y: auto; }
    .call { max-width: 52em; }
    main.wide { overflow-y: auto; max-width: none; }
    main.wide > * { max-width: 72em; }
    .rows.wide .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 16px; }
    .rows.wide .row > * { grid-column: 1; }
    .rows.wide .row > form { grid-column: 2; grid-row: 1 / span 4; align-self: center; }
  }
  @media (max-width: 1099px) {
    .tabs { display: flex; position: sticky; bottom: 0; z-index: 2; border-top: 1px solid var(--_edge); background: var(--_paper); }
    .tabs .tab { flex: 1; min-height: 52px; padding-inline: 4px; border-top: 3px solid transparent; border-bottom: 0; }
    .tabs .tab[aria-current] { border-top-color: var(--_accent); }
    [data-tab='queue'] > :not(.queue), [data-tab='call'] > :not(.call), [data-tab='help'] > :not(.help) { display: none; }
    .columns { max-width: 52em; width: 100%; }
    kbd { display: none; }
    #keys-button { display: none; }
  }
  @media (forced-colors: active) {
    .safe, .note, .picked { border: 1px solid; forced-color-adjust: auto; }
    .age .track { fill: none; stroke: CanvasText; }
    .age .bar, .age.late .bar, .age.soon .bar { fill: CanvasText; }
    .outcome[aria-expanded], [aria-pressed='true'] { outline: 2px solid Highlight; }
  }
`
