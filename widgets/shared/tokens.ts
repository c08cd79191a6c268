import { css } from './reactive.ts'

/**
 * Colours, sizes and the few shapes both elements use.
 *
 * A partner sets `--passerelle-…`; everything else is derived. `theme="auto"` follows the page's own `color-scheme` (a page that
 * declares none is light, whatever the system prefers), so a widget never turns dark on a white page.
 * Lengths are in `em` above a floor on the host: `rem` would follow the page's root size.
 */
export const tokens = css`
  :host {
    --_accent: var(--passerelle-accent, light-dark(#17606c, #84cdd3));
    --_on-accent: var(--passerelle-on-accent, light-dark(#fff, #06282d));
    --_ink: var(--passerelle-color, light-dark(#20282c, #ece8e0));
    --_paper: var(--passerelle-background, light-dark(#fff, #1b2023));
    --_edge: var(--passerelle-border, light-dark(#857d70, #8f8a80));
    --_error: var(--passerelle-error, light-dark(#a3271c, #ffb0a3));
    --_focus: var(--passerelle-focus, light-dark(#1b4fc4, #b3ccff));
    --_radius: var(--passerelle-radius, 8px);
    --_space: var(--passerelle-space, 8px);
    --_soft: color-mix(in srgb, var(--_accent) 8%, var(--_paper));
    --_line: color-mix(in srgb, var(--_edge) 45%, var(--_paper));
    --_muted: color-mix(in srgb, var(--_ink) 78%, var(--_paper));
    --_link: color-mix(in srgb, var(--_accent) 80%, var(--_ink));
    --_amber: light-dark(#b4540a, #f2a65a);
    display: block;
    max-width: var(--passerelle-max-width, 42em);
    color: var(--_ink);
    font: 1.0625em/1.5 var(--passerelle-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    font-size: max(1.0625em, 17px);
    text-align: start;
  }
  :host([hidden]) { display: none; }
  :host([theme='light']) { color-scheme: light; }
  :host([theme='dark']) { color-scheme: dark; }
  * { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .root {
    padding: calc(var(--_space) * 3);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_paper);
    overflow-wrap: break-word;
  }
  p, fieldset, ul, ol, dl, dd { margin: 0; padding: 0; }
  fieldset { border: 0; min-width: 0; }
  .stack > * + *, form > * + * { margin-top: calc(var(--_space) * 2); }
  .h0 { font-size: 1.4em; font-weight: 650; line-height: 1.25; }
  .h1 { font-size: 1.15em; font-weight: 650; line-height: 1.3; }
  small, .hint { color: var(--_muted); font-size: 0.92em; font-weight: 400; }
  a { color: var(--_link); text-underline-offset: 0.15em; }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; border-radius: 3px; }
  [role='heading']:focus { outline: none; }

  button {
    min-height: max(2.75em, 44px);
    padding: 0.5em 1.25em;
    border: 2px solid var(--_accent);
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  button:hover { box-shadow: inset 0 0 0 99em color-mix(in srgb, var(--_on-accent) 12%, transparent); }
  button.second { background: var(--_paper); color: var(--_link); }
  button.second:hover { box-shadow: none; background: var(--_soft); }
  button.quiet {
    padding-inline: 0;
    border-color: transparent;
    background: none;
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    font-weight: 500;
    text-align: start;
  }
  button.quiet:hover { box-shadow: none; text-decoration-thickness: 2px; }
  button[aria-disabled='true'] { opacity: 0.7; cursor: progress; }
  .actions { display: flex; flex-wrap: wrap; gap: var(--_space) calc(var(--_space) * 2); align-items: center; }

  label, legend { padding: 0; font-weight: 600; }
  .field > * + * { margin-top: 4px; }
  input, select, textarea {
    width: 100%;
    min-height: max(2.75em, 44px);
    padding: 0.5em 0.7em;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  input[type='radio'], input[type='checkbox'] {
    flex: none;
    width: 1.25em;
    min-height: 0;
    height: 1.25em;
    margin: 0.15em 0 0;
    accent-color: var(--_accent);
  }
  .choices > label {
    display: flex;
    gap: 0.6em;
    min-height: max(2.6em, 44px);
    padding: 0.55em 0;
    font-weight: 400;
  }
  [aria-invalid='true'] { border: 2px solid var(--_error); }
  .wrong { color: var(--_error); font-weight: 600; }
  .wrong::before { content: '! '; }

  .band {
    padding: 0.6em 0.9em;
    border-inline-start: 4px solid var(--_amber);
    border-radius: 4px;
    background: color-mix(in srgb, var(--_amber) 9%, var(--_paper));
  }
  .band a { color: inherit; font-weight: 700; }
  .card { padding: calc(var(--_space) * 2); border: 1px solid var(--_line); border-radius: var(--_radius); }
  .number {
    display: inline-block;
    min-height: 44px;
    padding: 0.1em 0;
    font-size: 1.6em;
    font-weight: 700;
    line-height: 1.3;
    text-decoration-thickness: 2px;
    white-space: nowrap;
  }
  .exit { display: flex; flex-wrap: wrap; gap: 0 0.8em; align-items: center; }
  [role='status']:empty { margin: 0; }

  @media (max-width: 30em) {
    .root { padding: calc(var(--_space) * 2); }
  }
  @media (prefers-reduced-motion: no-preference) {
    button { transition: background-color 0.15s; }
  }
  @media (forced-colors: active) {
    .band, .card, .root { border: 1px solid; }
    button:hover { box-shadow: none; }
  }
  @media print {
    form, button, .exit { display: none !important; }
    .fallback[hidden] { display: block !important; }
  }
`
