import { css } from '../shared/reactive.ts'

/** The workshop: a list, and a form with what can be done beside it. */
export const styles = css`
  main.wide { max-width: 80em; margin-inline: auto; }
  a.tab { display: inline-flex; align-items: center; min-height: 44px; padding-inline: 1em; text-decoration: none; }
  header nav:empty { display: none; }
  .top, .beside { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
  .top { justify-content: space-between; }
  .beside > * { margin: 0; }
  .beside > input, .beside > select { flex: 1 1 12em; width: auto; min-width: 0; }
  a.to, a.back { display: inline-block; min-height: 44px; padding-block: 0.6em; font-weight: 600; }
  .records a.to { padding-block: 0.35em; min-height: 0; }
  .records .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 16px; align-items: center; }
  .records .row > * { grid-column: 1; margin-top: 0; }
  .records .row .marks { grid-column: 2; grid-row: 1 / span 2; text-align: end; }
  .marks .mark { margin: 2px 0 2px 4px; }
  .kinds, .views, .tongues { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--_line); }
  .kinds .tab, .views .tab, .tongues .tab { padding-inline: 0.8em; }
  .count { font-variant-numeric: tabular-nums; }
  .tab .count, .concern .count { color: var(--_muted); font-size: 0.9em; font-weight: 400; }
  .count.wrong { display: inline-block; min-width: 1.6em; padding: 0 0.3em; border-radius: 1em; background: var(--_error); color: var(--_paper); font-weight: 600; text-align: center; }
  .concerns { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .concern[aria-pressed='true'] { border: 2px solid var(--_accent); background: var(--_soft); font-weight: 700; }
  .filters { grid-template-columns: minmax(0, 2fr) repeat(2, minmax(9em, 1fr)); gap: 8px 16px; }
  .filters > * + * { margin-top: 0; }
  .creating { padding: 12px 16px; border: 2px solid var(--_accent); border-radius: var(--_radius); background: var(--_paper); }
  .creating ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr)); gap: 8px; margin-top: 8px; }
  .creating button { display: block; width: 100%; height: 100%; text-align: start; }
  .creating small { display: block; }

  .title > * + * { margin-top: 2px; }
  .title .facts, .row .facts { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; }
  .record { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; align-items: start; }
  .record > .body > * + *, aside > * + * { margin-top: 12px; }
  .card { padding: 12px 16px; border-radius: var(--_radius); }
  .card > * + * { margin-top: 8px; }
  .summary { border: 2px solid var(--_error); border-radius: var(--_radius); padding: 12px 16px; background: var(--_paper); }
  .summary h3 { color: var(--_error); }
  .dots { padding-inline-start: 1.2em; list-style: disc; }
  .summary .quiet { text-align: start; }
  .band.good { border-color: var(--_green); background: none; }
  .form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .steps ol { display: flex; flex-wrap: wrap; gap: 0 4px; }
  .section { padding: 16px 20px 20px; }
  .section > p { margin-top: 24px; }
  .section > h3 { font-size: 1.2em; }
  .section > fieldset > * + * { margin-top: 20px; }
  .section .field > .hint { max-width: 60ch; }
  .section textarea { line-height: 1.5; }
  fieldset.field { padding: 0; }
  fieldset.field > legend { padding: 0; }
  fieldset.field > .choices { display: block; }
  .field > .choices > * + * { margin-top: 8px; }
  .field > .choices > label { display: inline-flex; margin: 0 20px 0 0; }
  .choices > label { font-weight: 400; }
  .choices input:not([type='checkbox'], [type='radio']), .choices select, .choices textarea { width: 100%; min-height: 44px; height: auto; margin-top: 0; }
  .choices .beside > select, .choices .beside > input { flex: 1 1 12em; width: auto; }
  .choices .times input:not([type='checkbox']) { width: 8.5em; }
  .choices label.key input:not([type='checkbox']) { width: 5em; }
  .chips { display: flex; flex-wrap: wrap; gap: 6px; counter-reset: chip; }
  .chip { display: flex; gap: 10px; align-items: center; padding-inline: 12px; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_soft); }
  ol.chips > .chip { counter-increment: chip; }
  ol.chips > .chip::before { content: counter(chip) '.'; color: var(--_muted); }
  .chip::before, .chip .quiet { flex: none; }
  .chip .quiet { color: var(--_muted); font-size: 0.9em; }
  fieldset:disabled :is(input, select, textarea) { border-style: dotted; background: none; }
  .finding { flex: 1 1 20em; padding: 10px 12px; border: 1px solid var(--_edge); border-radius: var(--_radius); }
  .finding > * + * { margin-top: 6px; }
  .found > li + li { margin-top: 4px; }
  .found button { width: 100%; text-align: start; }
  .entries > * + * { margin-top: 8px; }
  .entry { position: relative; padding: 10px 14px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_ground); }
  .entry > * + * { margin-top: 8px; }
  .entry .fields { gap: 8px 16px; }
  .fields > .field + .field { margin-top: 0; }
  .menu > .entry { padding-inline-start: 40px; }
  .menu .handle { position: absolute; inset: 0 auto 0 0; display: grid; place-items: center; width: 32px; margin: 0; border-inline-end: 1px solid var(--_line); color: var(--_muted); cursor: grab; }
  .menu .head { justify-content: space-between; }
  .menu .moves { display: flex; gap: 6px; margin-inline-start: auto; }
  label.key { display: flex; gap: 8px; align-items: center; }
  .icon { min-width: 44px; padding-inline: 0; text-align: center; text-decoration: none; font-size: 1.1em; }
  .icon:disabled { opacity: 0.4; cursor: default; }

  .week { width: auto; max-width: 100%; }
  .week th { min-width: 6.5em; font-weight: 600; text-transform: capitalize; }
  .week td, .week th { padding: 4px 8px; vertical-align: middle; }
  .times { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
  .times + .times { margin-top: 4px; }
  .times > * { margin: 0 !important; }
  .period + .period { margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--_line); }
  .period > * + * { margin-top: 8px; }

  .rule > * + *, .part > * + * { margin-top: 8px; }
  .part { padding: 8px 14px 10px; border: 1px solid var(--_edge); border-inline-start: 4px solid var(--_accent); border-radius: var(--_radius); }
  .part legend { padding-inline: 6px; font-weight: 600; }
  .part .foot { justify-content: space-between; }
  .part .part { background: var(--_ground); }
  .parts > li + li { margin-top: 8px; }
  .adding select { border-style: dashed; }
  .adding:has(option[value='']:checked) button { display: none; }
  .reading { padding: 10px 14px; border-radius: var(--_radius); background: var(--_soft); }

  .translations .pair { display: grid; gap: 4px 24px; }
  .translations .heads { font-weight: 600; }
  .source { padding: 8px 12px; border-radius: var(--_radius); background: var(--_ground); }
  .label { font-weight: 600; }
  .tongues small { display: block; }
  .tongues .behind, .tongues .missing { color: var(--_amber); }
  .history .mark { margin-inline-start: 0.5em; }
  .changes > div { padding-block: 4px; }
  .changes > div + div { border-top: 1px solid var(--_line); }
  .changes dd { white-space: pre-line; }
  del { color: var(--_error); }
  ins { color: var(--_green); text-decoration: none; }
  .changes del + ins { display: block; }
  .clash > * + * { margin-top: 12px; }
  .clash .choice { display: grid; gap: 8px; }
  .clash legend { font-weight: 600; }
  .version { display: flex; gap: 10px; padding: 10px 12px; border: 1px solid var(--_edge); border-radius: var(--_radius); font-weight: 400; cursor: pointer; }
  .version:has(:checked) { border: 2px solid var(--_accent); background: var(--_soft); }
  .version input { flex: none; width: 1.25em; min-height: 1.25em; height: 1.25em; accent-color: var(--_accent); }
  .version span span { display: block; }
  .preview > * + * { margin-top: 12px; }
  .preview iframe { width: 100%; height: 75vh; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_paper); }
  .preview .field { max-width: 20em; }
  .heard { display: grid; gap: 6px; }
  .keycap { display: inline-block; min-width: 2em; padding: 0 0.4em; border: 1px solid var(--_edge); border-radius: 4px; text-align: center; }
  .ends { display: grid; justify-items: start; }
  aside .quiet { text-align: start; }

  .bar { position: sticky; bottom: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-inline: -16px; padding: 8px 16px; border-top: 1px solid var(--_edge); background: var(--_paper); }
  .bar > * { margin: 0 !important; }
  .record :is(input, select, textarea, button, summary) { scroll-margin-block: 16px 90px; }
  .bar .hint { flex: 1 1 12em; }

  @media (min-width: 1000px) {
    .record { grid-template-columns: minmax(0, 1fr) 20em; }
    .form { grid-template-columns: 13em minmax(0, 1fr); align-items: start; }
    .steps { position: sticky; top: 12px; }
    .steps ol { display: block; }
    .steps .tab { width: 100%; border: 0; border-inline-start: 3px solid transparent; text-align: start; }
    .steps .tab[aria-current] { border-inline-start-color: var(--_accent); background: var(--_paper); }
    .clash .choice, .translations .pair { grid-template-columns: 1fr 1fr; }
    .translations .pair > fieldset { align-self: start; }
  }
  @media (max-width: 999px) {
    .translations .heads { display: none; }
  }
  @media (max-width: 600px) {
    .filters { grid-template-columns: 1fr 1fr; }
    .filters .find { grid-column: 1 / -1; }
    .records .row { display: block; }
    .records .row .marks { text-align: start; }
    .marks .mark { margin: 2px 4px 2px 0; }
    .section { padding-inline: 12px; }
    .week, .week tbody { display: block; width: 100%; }
    .week tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; border-bottom: 1px solid var(--_line); }
    .week th, .week td { padding-inline: 0; border: 0; }
    .week td { grid-row: 2; grid-column: 1 / -1; }
    .week .act { grid-row: 1; grid-column: 2; }
    .week td:has(> .hint) { grid-row: 1; grid-column: 1; padding-inline-start: 8em; }
    .week tr:has(.hint) th { grid-row: 1; grid-column: 1; }
    .choices .times input:not([type='checkbox']) { flex: 1; width: 6.5em; padding-inline: 6px; }
    .entry { padding-inline: 10px; }
    .part { padding: 4px 8px 8px; }
    .part .part { padding-inline: 8px 0; border-width: 0 0 0 3px; border-radius: 0; }
    .bar .hint { flex-basis: 100%; order: -1; }
    .bar button { flex: 1; padding-inline: 8px; }
  }
  @media (forced-colors: active) {
    .chip, .reading, .source { border: 1px solid; }
    .version:has(:checked), [aria-pressed='true'], .steps .tab[aria-current] { outline: 2px solid Highlight; }
  }
`
