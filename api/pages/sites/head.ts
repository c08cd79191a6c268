import { html, scriptElement, styleElement } from '../html.ts'
import { FORM_HASHES, hashOf } from '../http.ts'

/** What these pages need beside what forms have. */
const STYLE = `
.sites > li + li { margin-top: 0.8em; }
.sites h2 { font-size: 1.1em; }
.sites p { margin-top: 0.2em; }
.off { color: var(--quiet); }
.row { display: flex; flex-wrap: wrap; gap: 0.8em 1.2em; }
.row > * { flex: 1 1 12em; margin-top: 0 !important; }
.colours { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr)); gap: 0.8em 1.2em; align-items: end; margin-top: 0.8em; }
.colours > * { margin-top: 0 !important; }
.colours label { display: block; }
.own ul { margin-top: 0.8em; }
#radius { max-width: 8em; }
input[type='color'] { display: block; width: 6em; min-height: 48px; padding: 4px; cursor: pointer; }
form:has([name='colours'][value='widget']:checked) .own { display: none; }
.inline { display: flex; flex-wrap: wrap; gap: 0.5em; }
.inline .choice { flex: 0 1 auto; }
.snippet { margin-top: 0.8em; }
.snippet > * + * { margin-top: 0.3em; }
.snippet textarea { font: 0.88em/1.5 ui-monospace, monospace; white-space: pre; overflow: auto; tab-size: 2; }
.snippet label { font-weight: 600; }
details > * + * { margin-top: 0.6em; }
details + details { border-top: 1px solid var(--line); }
iframe { display: block; width: 100%; height: 36em; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
@media (min-width: 68em) { .frame { max-width: 62rem; } }
`

/**
 * Copies snippets, and shows in the preview what is chosen as soon as it is. Without it all is there: snippets can be marked and copied by hand, and
 * a button shows the preview.
 */
const SCRIPT = `
for (const area of document.querySelectorAll('.snippet textarea')) {
  const { copy, copied } = area.closest('[data-copy]').dataset
  const button = document.createElement('button')
  const status = document.createElement('span')
  const line = document.createElement('p')
  button.type = 'button'
  button.textContent = copy
  button.setAttribute('aria-describedby', area.id + '-label')
  status.setAttribute('role', 'status')
  line.className = 'actions'
  line.append(button, status)
  area.after(line)
  button.addEventListener('click', async () => {
    area.select()
    try {
      await navigator.clipboard.writeText(area.value)
    } catch {
      document.execCommand('copy')
    }
    status.textContent = copied
  })
  area.addEventListener('focus', () => area.select())
}
const show = document.querySelector('button[formtarget="preview"]')
show?.form.addEventListener('change', () => show.form.requestSubmit(show))
`

export const SITES_HEAD = html`${styleElement(STYLE)}${scriptElement(SCRIPT)}`

/** Our own style, script and preview, and nothing else. */
export const SITES_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${FORM_HASHES} ${hashOf(STYLE)}`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Of the preview: the real widgets, in a frame of ours. @param style the page's style sheet */
export const previewPolicy = (style: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    `style-src ${hashOf(style)}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ')
