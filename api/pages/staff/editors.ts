import { hasRole, type Viewer } from '../../access/rules/viewer.ts'
import { exchangeWords } from '../exchange/words.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../layout.ts'
import { sitesWords } from '../sites/words.ts'
import { staffLink } from './asked.ts'

/** The way between the editors' pages, as far as somebody may go it. @param present the path of the page on which it stands */
export function editorsWay(present: string, viewer: Viewer, reader: Reader): Html {
  const words = exchangeWords(reader)
  const edits = hasRole(viewer, ['EDITOR'])
  const pages = [
    ...(edits ? [{ path: '/edit', name: words.workshop }] : []),
    { path: '/edit/sites', name: sitesWords(reader).title },
    ...(edits ? [{ path: '/edit/exchange', name: words.title }] : []),
  ]
  return html`<nav class="subjects" aria-label="${words.workshop}">${pages.map(
    ({ path, name }) => html`<a href="${staffLink(reader, path)}"${path === present && html` aria-current="page"`}>${name}</a>\n`,
  )}</nav>`
}
