import { type Html, html, scriptElement, styleElement } from '../html.ts'
import { FORM_HASHES, hashOf } from '../http.ts'

/** What these pages need beside what forms have. */
const STYLE = `
.homes > li + li { margin-top: 0.7em; }
.homes > li > a { display: inline-block; padding: 0.35em 0; font-weight: 700; }
.homes p { color: var(--quiet); }
.kinds { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13em, 100%), 1fr)); gap: 0.5em; }
.kinds .choice { align-items: flex-start; }
.kinds .choice input { margin-top: 0.1em; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16em, 100%), 1fr)); gap: 1.5em; align-items: start; }
.pair > * { display: grid; grid-row: span 3; grid-template-rows: subgrid; gap: 0; margin-top: 0 !important; }
.at-once, form:has([name='publish']:checked) .as-drafts { display: none; }
form:has([name='publish']:checked) .at-once { display: inline; }
input[type='file'] { padding: 0.35em; background: var(--ground); }
input[type='file']::file-selector-button { min-height: 34px; margin-inline-end: 0.8em; padding: 0.2em 0.9em; border: 1px solid var(--accent); border-radius: 6px; background: var(--paper); color: inherit; font: inherit; cursor: pointer; }
.imports > li { margin-top: 0 !important; padding: 0.7em 0; border-top: 1px solid var(--line); }
.imports > li:first-child { border-top: 0; padding-top: 0; }
.imports > li:last-child { padding-bottom: 0; }
.imports p { color: var(--quiet); font-size: 0.94em; }
.mark { font-weight: 700; }
.mark.good { color: var(--open); }
.mark.bad { color: var(--wrong); }
progress { display: block; width: 100%; height: 1.1em; accent-color: var(--accent); }
table { width: 100%; border-collapse: collapse; text-align: start; }
caption, th { text-align: start; }
th, td { padding: 0.5em 0.9em 0.5em 0; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-size: 0.94em; }
tbody th { color: inherit; font-size: 1em; }
td small, th small { display: block; color: var(--quiet); font-weight: 400; }
.counts { width: auto; font-variant-numeric: tabular-nums; }
.counts td, .counts thead th + th { text-align: end; padding-inline: 0.9em; }
.counts .last > * { font-weight: 700; border-bottom: 0; }
.nought { color: var(--quiet); font-weight: 400; }
.faults code { font-weight: 400; font-size: 0.94em; overflow-wrap: break-word; }
.faults tbody tr:last-child > * { border-bottom: 0; }
details > * + * { margin-top: 0.6em; }
details + details { border-top: 1px solid var(--line); }
.rows li { padding: 0.35em 0; }
.rows small { color: var(--quiet); }
@media (min-width: 68em) { main.frame { max-width: 62rem; } .faults th { white-space: nowrap; } }
@media (max-width: 40em) {
  table, tbody, tbody tr, tbody td, tbody th { display: block; }
  thead { position: absolute; left: -99em; }
  tbody tr { padding: 0.7em 0; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  td, tbody th { padding: 0.1em 0; border: 0; }
  td[data-label]::before { content: attr(data-label); color: var(--quiet); font-weight: 400; }
  .counts { width: 100%; }
  .counts td { display: inline-block; padding-inline: 0 1.2em; }
}
`

/** How often it is looked how far an import is: with a script in milliseconds, without one in seconds. */
const EVERY_MS = 1_000
const EVERY_SECONDS = 3

/**
 * Says before sending that files are too large, so that nothing is lost by it, and that they are under way; says in the address what was chosen, which is
 * known then even where the files are not read; looks how far an import is. Without it all is there as well: the server tells the same, and the page
 * comes anew by itself.
 */
const SCRIPT = `
const form = document.querySelector('form[data-most]')
form?.addEventListener('submit', (event) => {
  const input = form.querySelector('[type=file]')
  const status = form.querySelector('[role=status]')
  const size = [...input.files].reduce((sum, one) => sum + one.size, 0)
  const large = size > Number(form.dataset.most)
  status.className = large ? 'error' : 'hint'
  status.textContent = large ? form.dataset.large : form.dataset.sending
  if (large) {
    event.preventDefault()
    input.focus()
    return
  }
  const address = new URL(form.action)
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') address.searchParams.set(name, value)
  form.action = address
})
addEventListener('pageshow', ({ persisted }) => {
  if (persisted && form) form.querySelector('[role=status]').textContent = ''
})
const running = () => document.getElementById('running')
const look = async () => {
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (response.status < 500) {
      const next = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('running')
      if (!next) return location.reload()
      running().replaceWith(document.adoptNode(next))
    }
  } catch {
    // The network comes back, or the page is left.
  }
  setTimeout(look, ${EVERY_MS})
}
if (running()) setTimeout(look, ${EVERY_MS})
`

export const EXCHANGE_HEAD = html`${styleElement(STYLE)}${scriptElement(SCRIPT)}`

/** Of an import under way: the page comes anew where no script looks. */
export const RUNNING_HEAD: Html = html`${EXCHANGE_HEAD}<noscript><meta http-equiv="refresh" content="${EVERY_SECONDS}"></noscript>`

/** Our own style, script and server, and nothing else. */
export const EXCHANGE_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${FORM_HASHES} ${hashOf(STYLE)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
