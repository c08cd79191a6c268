import { css } from './reactive.ts'

/**
 * Colours, sizes and the few shapes both elements use.
 *
 * A partner sets `--passerelle-…`; everything else is derived. Without `theme`, the page's own `color-scheme` counts (a page that
 * declares none is light, whatever the system prefers), so a widget never turns dark on a white page.
 * Browsers of before 2024 (`light-dark()`, `color-mix()`) get the light palette without its mixed tints.
 * Lengths are in `em` above a floor: `rem` would follow the page's root size. What a page says to the host, by `*` or `!important`, is
 * inherited by what is inside: so the box inside begins anew (`all: initial`), but for what hides it and for light or dark.
 * Every value here is a part of 14 KB: a rule earns its place.
 */
export const tokens = css`
  :host {
    --_accent: var(--passerelle-accent, #17606c);
    --_on-accent: var(--passerelle-on-accent, #fff);
    --_ink: var(--passerelle-color, #20282c);
    --_paper: var(--passerelle-background, #fff);
    --_edge: var(--passerelle-border, #857d70);
    --_error: var(--passerelle-error, #a3271c);
    --_focus: var(--passerelle-focus, #1b4fc4);
    --_radius: var(--passerelle-radius, 8px);
    --_space: var(--passerelle-space, 8px);
    --_gap: calc(var(--_space) * 2);
    --_soft: var(--_paper);
    --_line: var(--_edge);
    --_muted: var(--_ink);
    --_amber: #b4540a;
    --_warm: var(--_paper);
    display: block;
  }
  .root, .fallback {
    all: initial;
    display: block;
    max-width: var(--passerelle-max-width, 42em);
    color: var(--_ink);
    color-scheme: inherit;
    font: max(1.0625em, 17px)/1.5 var(--passerelle-font, system-ui, sans-serif);
    visibility: inherit;
  }
  :host([hidden]), [hidden] { display: none !important; }
  @supports (color: light-dark(red, red)) {
    :host {
      --_accent: var(--passerelle-accent, light-dark(#17606c, #84cdd3));
      --_on-accent: var(--passerelle-on-accent, light-dark(#fff, #06282d));
      --_ink: var(--passerelle-color, light-dark(#20282c, #ece8e0));
      --_paper: var(--passerelle-background, light-dark(#fff, #1b2023));
      --_edge: var(--passerelle-border, light-dark(#857d70, #8f8a80));
      --_error: var(--passerelle-error, light-dark(#a3271c, #ffb0a3));
      --_focus: var(--passerelle-focus, light-dark(#1b4fc4, #b3ccff));
      --_soft: color-mix(in srgb, var(--_accent) 8%, var(--_paper));
      --_line: color-mix(in srgb, var(--_edge) 45%, var(--_paper));
      --_muted: color-mix(in srgb, var(--_ink) 80%, var(--_paper));
      --_amber: light-dark(#b4540a, #f2a65a);
      --_warm: color-mix(in srgb, var(--_amber) 9%, var(--_paper));
    }
    :host([theme='light']) { color-scheme: light !important; }
    :host([theme='dark']) { color-scheme: dark !important; }
  }
  .intro { display: block; }
  :host([compact]) .intro { display: none; }
  * { box-sizing: border-box; margin: 0; }
  .root, .card, .safety, .summary, .fallback {
    padding: var(--_gap);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_paper);
    overflow-wrap: anywhere;
  }
  .root { border-top: 4px solid var(--_accent); }
  fieldset, ul { border: 0; min-width: 0; padding: 0; }
  .stack > * + *, form > * + *, .root + .fallback { margin-top: var(--_gap); }
  .h0 { font-size: 1.4em; line-height: 1.25; }
  .h1 { font-size: 1.15em; }
  .h0, .h1, .name, label, legend, #summary { padding: 0; font-weight: 600; }
  small, .hint { color: var(--_muted); font-size: 0.92em; font-weight: 400; }
  a, .quiet { color: inherit; text-decoration: underline; text-decoration-color: var(--_accent); text-decoration-thickness: 2px; text-underline-offset: 0.2em; }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  p:focus { outline: 0; }
  p:empty { margin: 0 !important; }
  .unseen { position: absolute; clip-path: inset(50%); }

  button, input, select, textarea {
    width: 100%;
    min-height: max(2.75em, 44px);
    padding: 0.5em 0.75em;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  button {
    width: auto;
    padding-inline: 1.25em;
    border: 2px solid var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    cursor: pointer;
  }
  button:hover { border-color: currentColor; }
  .second { background: var(--_paper); color: inherit; }
  .quiet { padding-inline: 0; border: 0; background: none; font-weight: 500; text-align: start; }
  [aria-disabled] { opacity: 0.7; }
  .actions, .exit { display: flex; flex-wrap: wrap; gap: 0 var(--_gap); align-items: center; }

  .exit { position: sticky; top: 0; z-index: 1; background: var(--_paper); }
  .field > * + * { margin-top: 4px; }
  .choices input {
    flex: none;
    width: 1.25em;
    min-height: 1.25em;
    height: 1.25em;
    margin-top: 0.15em;
    accent-color: var(--_accent);
  }
  .choices > label { display: flex; gap: 0.6em; min-height: 44px; padding: 0.55em 0; font-weight: 400; }
  [aria-invalid] { border: 2px solid var(--_error); }
  .wrong { color: var(--_error); font-weight: 600; }

  .band {
    padding: 0.6em 0.9em;
    border-inline-start: 4px solid var(--_amber);
    background: var(--_warm);
  }
  .band a { display: inline-block; margin-block: -0.6em; padding-block: 0.6em; }
  .number { display: inline-block; min-height: 44px; font-size: 1.6em; font-weight: 700; white-space: nowrap; }
  .name { line-height: 1.3; }

  @media (hover: none) {
    .exit small { display: none; }
  }
  @media (forced-colors: active) {
    .band { border: 1px solid; }
  }
  @media print {
    form, button, .exit { display: none !important; }
    .fallback[hidden] { display: block !important; }
  }
`
