import type { Viewer } from '../access/rules/viewer.ts'
import type { ImportFormat, LanguageCode, PrismaClient } from '../db/generated/client.ts'
import { languagesFrom } from '../directory/language.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { Conflict, DomainError, Forbidden, InvalidInput, SignInRequired } from '../errors.ts'
import type { Context } from '../context.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { exportFor } from './actions/export.ts'
import { startImport } from './actions/imports.ts'
import { MOST_FILES, type Upload } from './rules/door.ts'

const IMPORTS = '/exchange/imports'
const EXPORTS = /^\/exchange\/exports\/(hsds-json|hsds-csv|questions)(?:\/([\w.-]{1,60}))?$/

/** Where files are sent to and fetched from. */
export const isExchange = (path: string): boolean => path.startsWith('/exchange/')

export type ExchangeDoor = {
  db: PrismaClient
  sql: Context['sql']
  directory: Snapshot
  now: Date
  /** @throws SignInRequired when a token was sent that is not good */
  viewer(): Promise<Viewer | null>
  /** The body has more bytes than a file may have, and was not read. */
  tooLong: boolean
  /** When to come back, in seconds, if the failure is that the database does not answer; null for a bug, which has been logged by then. */
  explain(error: unknown): { retryAfterSeconds: number } | null
}

const FORMATS: Readonly<Record<string, ImportFormat>> = { 'hsds-json': 'HSDS_JSON', 'hsds-csv': 'HSDS_CSV', questions: 'QUESTIONS' }
const NAMES: Readonly<Record<ImportFormat, string>> = { HSDS_JSON: 'hsds.json', HSDS_CSV: 'services.csv', QUESTIONS: 'questions.csv' }

/**
 * `POST /exchange/imports?format=questions&dryRun=true`: one file as the body, or several as a form (`multipart/form-data`), as `curl -F` and a page
 * send them; answers 202 with the id under which GraphQL's `import` tells what becomes of it. Parameters: `format`, `dryRun`, `publish`, `lang` (of
 * texts that do not say), `source` (where it all comes from), `name` (of a file that is the body).
 *
 * `GET /exchange/exports/hsds-json`, `questions`, and `hsds-csv/services.csv` and its like: what may be brought back.
 */
export async function answerExchange(request: Request, door: ExchangeDoor): Promise<Response> {
  const url = new URL(request.url)
  const [, format, table] = EXPORTS.exec(url.pathname) ?? []
  const isImport = url.pathname === IMPORTS
  if (!isImport && format === undefined) return told(404, { error: 'not_found' })
  const method = isImport ? 'POST' : 'GET'
  if (request.method !== method) return told(405, { error: 'method_not_allowed' }, { allow: method })
  try {
    const viewer = await door.viewer()
    // Somebody who follows a link is led to where one signs in, and from there to the links.
    if (!viewer && !isImport && isLooking(request)) return led(url)
    if (!viewer) throw new SignInRequired()
    if (isImport) return await taken(request, url, viewer, door)
    return await given(url, FORMATS[format ?? ''] as ImportFormat, table, viewer, door)
  } catch (error) {
    return refusal(error) ?? away(door.explain(error))
  }
}

async function taken(request: Request, url: URL, viewer: Viewer, { db, now, tooLong }: ExchangeDoor): Promise<Response> {
  if (tooLong) return told(413, { error: 'too_large' })
  const format = FORMATS[url.searchParams.get('format') ?? '']
  if (!format) throw new InvalidInput([{ path: ['format'], code: 'unknown', params: { value: url.searchParams.get('format') ?? '' } }])
  const flag = (name: string): boolean => {
    const value = url.searchParams.get(name) ?? 'false'
    // "dryRun=yes" must not be taken for the opposite of what it says.
    if (value !== 'true' && value !== 'false') throw new InvalidInput([{ path: [name], code: 'malformed' }])
    return value === 'true'
  }
  const upload: Upload = {
    format,
    files: await filesIn(request, url.searchParams.get('name') ?? NAMES[format]),
    language: languageOf(url, request),
    source: url.searchParams.get('source')?.trim().slice(0, 1_000) || null,
    dryRun: flag('dryRun'),
    publish: flag('publish'),
  }
  if (upload.files.length === 0) throw new InvalidInput([{ path: ['file'], code: 'required' }])
  if (upload.files.length > MOST_FILES) throw new InvalidInput([{ path: ['file'], code: 'too_many', params: { max: MOST_FILES } }])
  const id = await startImport({ db, viewer, now }, upload)
  return told(202, { id, state: 'WAITING' }, { location: `${IMPORTS}/${id}` })
}

async function filesIn(request: Request, name: string): Promise<Upload['files']> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? '')) {
    const bytes = new Uint8Array(await request.arrayBuffer())
    return bytes.length > 0 ? [{ name, bytes }] : []
  }
  let form: FormData
  try {
    form = await request.formData()
  } catch {
    throw new InvalidInput([{ path: ['file'], code: 'malformed' }])
  }
  const files = [...form.values()].filter((value) => typeof value !== 'string')
  return Promise.all(files.map(async (file) => ({ name: file.name || name, bytes: new Uint8Array(await file.arrayBuffer()) })))
}

const isLooking = ({ headers }: Request): boolean => /\btext\/html\b/i.test(headers.get('accept') ?? '')

const led = (url: URL): Response => {
  const lang = url.searchParams.get('lang')
  const [language] = lang ? languagesFrom(lang) : []
  const location = `/sign-in?next=${encodeURIComponent('/edit/exchange')}${language ? `&lang=${language.toLowerCase()}` : ''}`
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}

const languageOf = (url: URL, request: Request): LanguageCode =>
  languagesFrom(url.searchParams.get('lang') ?? request.headers.get('accept-language'))[0] ?? 'FR'

async function given(url: URL, format: ImportFormat, table: string | undefined, viewer: Viewer, door: ExchangeDoor): Promise<Response> {
  const { db, sql, directory, now } = door
  const language = languagesFrom(url.searchParams.get('lang'))[0] ?? 'FR'
  const files = await exportFor(format, { db, sql, directory, viewer, language, today: dayIn(now) })
  const wanted = format === 'HSDS_CSV' ? (table ?? 'datapackage.json') : undefined
  const file = wanted === undefined ? files[0] : files.find(({ name }) => name === wanted)
  if (!file || (wanted === undefined && table !== undefined)) return told(404, { error: 'not_found' })
  return new Response(file.text, {
    headers: {
      'content-type': file.name.endsWith('.json') ? 'application/json' : 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

function refusal(error: unknown): Response | null {
  if (!(error instanceof DomainError)) return null
  if (error instanceof SignInRequired) return told(401, { error: 'sign_in' }, { 'www-authenticate': 'Bearer' })
  if (error instanceof Forbidden) return told(403, { error: 'forbidden' })
  if (error instanceof Conflict) return told(409, { error: 'conflict', code: error.conflict })
  if (error instanceof InvalidInput)
    return told(400, { error: 'invalid', problems: error.problems.map(({ path, code }) => ({ path: path.join('.'), code })) })
  return null
}

const away = (unavailable: { retryAfterSeconds: number } | null): Response =>
  unavailable
    ? told(503, { error: 'unavailable' }, { 'retry-after': String(unavailable.retryAfterSeconds) })
    : told(500, { error: 'unexpected' })

const told = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  })
