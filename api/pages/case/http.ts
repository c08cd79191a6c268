import type { Retention } from '../../callback/rules/retention.ts'
import { FailReason, RejectReason } from '../../db/generated/enums.ts'
import { OUTCOMES } from '../../desk/rules/close.ts'
import { languagesFrom, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { Conflict, InvalidInput, type Unavailable } from '../../errors.ts'
import type { Act, CaseDoor } from '../../escalation/rules/case-door.ts'
import { publicOrigin } from '../../service/rules/addresses.ts'
import type { ServerPlace } from '../../site/rules/site.ts'
import { FORM_HASHES, policy } from '../http.ts'
import { languageOf, layout, type Page, type Reader } from '../layout.ts'
import { closedPage, gonePage, openedPage, refusedPage, renewedPage, type Said } from './views.ts'
import { caseWords } from './words.ts'

export type CaseParts = {
  directory: Snapshot
  now: Date
  place: ServerPlace
  retention: Retention
  door: CaseDoor
  /** The body has more bytes than a request may have, and was not read. */
  tooLong: boolean
  /** The failure as "the database does not answer", if that is what it says; null for a bug, which has been logged by then. */
  explain(error: unknown): Unavailable | null
}

const PATH = /^\/case\/([^/]*)$/

/** The page of one case, for whoever has its link. */
export const isCasePage = (path: string): boolean => PATH.test(path)

const POLICY = policy({ forms: "'self'", ancestors: "'none'", styles: FORM_HASHES })

type Answered = { page: Page; status: number; retryAfter?: number | undefined }

/**
 * `/case/<token>`, without a script. Whoever looks sees only where the case stands, since scanners of mail open links as well; by a button the case
 * is opened. The address is the key: no cookie is read or set, no page learns from where somebody came, and nobody keeps what was shown.
 */
export async function answerCasePage(request: Request, parts: CaseParts): Promise<Response> {
  const { directory, now, place, retention } = parts
  const url = new URL(request.url)
  const { method, headers } = request
  const [, secret = ''] = PATH.exec(url.pathname) ?? []
  const lang = url.searchParams.get('lang') ?? ''
  const chosen = ['fr', 'de', 'nl', 'en'].includes(lang)
  const languages = languagesFrom(chosen ? lang : headers.get('accept-language'))
  const reader: Reader = { directory, languages, now, origin: publicOrigin(url, place.ownOrigins), retention, chosen }
  const words = caseWords(reader)
  const path = url.pathname
  const refuse = (status: number, message: string) => send(request, { page: refusedPage(path, message, null, reader), status }, reader)

  const sent = method === 'POST'
  if (!sent && method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, POST' } })
  const origin = headers.get('origin')
  // A browser that tells no page from where one came says "null" of a form (Fetch, 3.2).
  if (sent && origin !== null && origin !== 'null' && !place.ownOrigins.has(origin)) return refuse(403, words.foreignPage)
  if (sent && !isUrlEncoded(headers.get('content-type') ?? '')) return refuse(415, words.unreadable)
  if (parts.tooLong) return refuse(413, words.unreadable)
  const body = sent ? new URLSearchParams(await request.text()) : null
  try {
    return send(request, await answer({ path, secret, body, reader, door: parts.door }), reader)
  } catch (error) {
    const away = parts.explain(error)
    const page = refusedPage(path, away ? words.away : words.failed, body, reader)
    return send(request, { page, status: away ? 503 : 500, retryAfter: away?.retryAfterSeconds }, reader)
  }
}

const isUrlEncoded = (type: string): boolean => /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(type.trim())

type Asked = { path: string; secret: string; body: URLSearchParams | null; reader: Reader; door: CaseDoor }

async function answer({ path, secret, body, reader, door }: Asked): Promise<Answered> {
  const words = caseWords(reader)
  const name = body?.get('act') ?? null
  const gone = { page: gonePage(path, body, reader), status: 404 }
  if (name === 'renew') {
    await door.renew(secret)
    return { page: renewedPage(path, reader), status: 200 }
  }
  if (name === null) {
    const closed = await door.look(secret)
    return closed ? { page: closedPage(path, closed, reader), status: 200 } : gone
  }
  let said: Said = {}
  let status = 200
  if (name !== 'open') {
    const act = actOf(name, body as URLSearchParams, words.required)
    if (act === null) return { page: refusedPage(path, words.unreadable, body, reader), status: 422 }
    if ('problems' in act) {
      said = { problems: act.problems, given: body }
      status = 422
    } else {
      const done = await attempt(door, secret, act.act, versionOf(body as URLSearchParams))
      if (done === null) return gone
      said = done === 'done' ? { news: words.done } : { failure: words[done], given: body }
      if (done !== 'done') status = 409
    }
  }
  const opened = await door.open(secret)
  return opened ? { page: openedPage(path, opened, reader, said), status } : gone
}

async function attempt(
  door: CaseDoor,
  secret: string,
  act: Act,
  version: number | null,
): Promise<'done' | 'changed' | 'refused' | 'required' | null> {
  try {
    return (await door.act(secret, act, version)) && 'done'
  } catch (error) {
    if (error instanceof InvalidInput) return 'required'
    if (error instanceof Conflict) return error.conflict === 'case_changed' ? 'changed' : 'refused'
    throw error
  }
}

const versionOf = (body: URLSearchParams): number | null => {
  const version = body.get('version') ?? ''
  return /^\d{1,9}$/.test(version) ? Number(version) : null
}

/** What was sent; null for what no form of ours sends. */
function actOf(name: string, body: URLSearchParams, required: string): { act: Act } | { problems: Map<string, string> } | null {
  const problems = new Map<string, string>()
  const note = body.get(`${name}-note`)?.trim() || null
  const oneOf = <T extends string>(all: readonly T[], what: string): T => {
    const given = body.get(`${name}-${what}`)
    const found = all.find((one) => one === given)
    if (found === undefined) problems.set(`${name}-${what}`, required)
    return found as T
  }
  const act = ((): Act | null => {
    switch (name) {
      case 'accept':
        return { kind: name }
      case 'reject':
        return { kind: name, reason: oneOf(Object.values(RejectReason), 'reason'), note }
      case 'progress':
        return { kind: name, note }
      case 'hold':
        if (note === null) problems.set('hold-note', required)
        return { kind: name, note: note ?? '' }
      case 'complete':
        return { kind: name, outcome: oneOf(OUTCOMES, 'outcome'), note }
      case 'fail':
        return { kind: name, reason: oneOf(Object.values(FailReason), 'reason'), note }
      case 'erased':
        return { kind: 'erasure_confirmed' }
      default:
        return null
    }
  })()
  if (act === null) return null
  return problems.size > 0 ? { problems } : { act }
}

function send(request: Request, { page, status, retryAfter }: Answered, reader: Reader): Response {
  const headers = new Headers({
    'cache-control': 'no-store',
    'content-language': tagOf(languageOf(reader)),
    'content-security-policy': POLICY,
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    vary: 'Accept-Language',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
  })
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  return new Response(request.method === 'HEAD' ? null : layout(page, reader), { status, headers })
}
