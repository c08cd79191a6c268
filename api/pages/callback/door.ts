import { DIRECT_SITE, type ServerPlace } from '../../site/rules/site.ts'
import { forSite } from '../actions.ts'
import { html } from '../html.ts'
import { type Page, type Reader, wordsOf } from '../layout.ts'
import type { Answered, Asked, Door } from './asked.ts'
import { alert } from './form-parts.ts'
import { answerFollow } from './follow-request.ts'
import { answerCallback } from './request.ts'
import { addressOf, CALLBACK_PATH, FOLLOW_PATH, pathOf } from './wanted.ts'

export const isForm = (path: string): boolean => path === CALLBACK_PATH || path === FOLLOW_PATH

/**
 * Lets in what comes from a page of ours, or from no page at all: whoever embeds the form embeds ours. The site need only exist. Nothing of a
 * body that is refused is read.
 */
export async function answerForm(
  request: Request,
  { reader, place, door }: { reader: Reader; place: ServerPlace; door: Door },
): Promise<Answered> {
  const { pathname, searchParams: query } = new URL(request.url)
  const site = reader.directory.sites.get(query.get('site') || DIRECT_SITE)
  if (!site) return { page: null, status: 404 }
  const words = wordsOf(reader).callback
  const refuse = (status: number, message: string) => ({ page: refusedPage(message, pathname, query.get('site'), reader), status })

  const sent = request.method === 'POST'
  if (sent) {
    const origin = request.headers.get('origin')
    if (origin !== null && !place.ownOrigins.has(origin)) return refuse(403, words.foreignPage)
    if (!isUrlEncoded(request.headers.get('content-type') ?? '')) return refuse(415, words.unreadable)
    if (door.tooLong) return refuse(413, words.tooLong)
  }
  const body = sent ? new URLSearchParams(await request.text()) : null
  const context = forSite(door.contextOf(reader.languages), site)
  const asked: Asked = { query, body, reader: { ...reader, directory: context.directory }, context, explain: door.explain }
  return pathname === FOLLOW_PATH ? answerFollow(asked) : answerCallback(asked)
}

const isUrlEncoded = (type: string): boolean => /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(type.trim())

/** Why nothing was read, whom to call, and the way back to the form. */
function refusedPage(message: string, path: string, site: string | null, reader: Reader): Page {
  const words = wordsOf(reader).callback
  const title = path === FOLLOW_PATH ? words.follow : words.title
  const lines = reader.directory.lines.filter(({ acceptsCallbacks }) => acceptsCallbacks)
  return {
    title: `${words.error}${title}`,
    description: null,
    path: pathOf(path, { site }),
    site,
    form: true,
    quickExit: false,
    main: html`<h1>${title}</h1>
${alert(message, lines, reader, false)}
<p><a class="step" href="${addressOf(path, { site }, reader)}">${title}</a></p>`,
  }
}
