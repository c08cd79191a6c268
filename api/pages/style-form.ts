/** What pages with a whole form need besides `style.ts`: they alone carry it. */
export const FORM_STYLE = `
:root { --wrong: #a3271c; --pale: #fbeeec; }
@media (prefers-color-scheme: dark) { :root { --wrong: #ffab9f; --pale: #33201d; } }
.subjects [aria-current] { border-color: var(--accent); font-weight: 700; text-decoration: none; }
.step { display: inline-block; min-height: 44px; padding: 0.45em 0; }
.form > * + * { margin-top: 1.5em; }
.form > [type='hidden'] + * { margin-top: 0; }
.form > p + p:not(:last-child) { margin-top: 0.4em; }
fieldset { min-width: 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 700; }
.field > * + * { margin-top: 0.35em; }
.field small, .choice small { color: var(--quiet); font-weight: 400; font-size: 0.94em; }
.choice small { display: block; }
.hint { color: var(--quiet); font-size: 0.94em; }
.error { color: var(--wrong); font-weight: 700; }
.lines { white-space: pre-line; }
.field.wrong { padding-inline-start: 0.9em; border-inline-start: 5px solid var(--wrong); }
.card.wrong { border: 3px solid var(--wrong); background: var(--pale); }
.card.wrong a { display: inline-block; padding: 0.3em 0; }
.card.wrong a.phone { padding: 0.25em 0.8em; }
.wrong input, .wrong textarea, .wrong select { border-color: var(--wrong); }
select, textarea { width: 100%; min-height: 44px; padding: 0.5em 0.7em; border: 1px solid var(--quiet); border-radius: 8px; background: var(--ground); color: inherit; font: inherit; }
textarea { display: block; resize: vertical; }
.choice { display: flex; gap: 0.7em; align-items: center; min-height: 44px; padding: 0.4em 0.8em; border: 1px solid var(--quiet); border-radius: 8px; background: var(--ground); font-weight: 400; cursor: pointer; }
.choice input { flex: none; width: 1.3em; height: 1.3em; min-height: 0; accent-color: var(--accent); }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.field .day { margin-top: 0.9em; }
.more { margin-top: 0.6em; }
.day legend { font-weight: 400; }
.parts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12em, 100%), 1fr)); gap: 0.5em; margin-top: 0.3em; }
.notice { padding: 0.9em 1em; border: 1px dashed var(--line); border-radius: 8px; color: var(--quiet); font-size: 0.94em; }
.notice h2 { color: var(--ink); font-size: 1em; }
.urgent > .stack:first-child { padding-top: 0; border-top: 0; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6em 1em; align-items: center; }
.card > .reference { margin-top: 0.1em; }
.reference { font-size: 1.9em; line-height: 1.3; font-weight: 700; letter-spacing: 0.04em; font-variant-numeric: tabular-nums; }
code { font: 600 1.1em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.qr { max-width: 15em; }
.qr svg { display: block; width: 100%; height: auto; border-radius: 8px; }
.codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(9em, 1fr)); gap: 0.5em 1em; }
.unseen { position: absolute; left: -99em; }
@media print { form, .off-paper, .step { display: none; } .reference { border: 2px solid; padding: 0.2em 0.4em; } }
`
