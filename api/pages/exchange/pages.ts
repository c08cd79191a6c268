import { hasRole, type Viewer } from '../../access/rules/viewer.ts'
import { Conflict, NotFound } from '../../errors.ts'
import type { ImportDoor } from '../../exchange/rules/door.ts'
import { type Html, html } from '../html.ts'
import { languageOf } from '../layout.ts'
import { go, homeOf, type StaffAnswer, type StaffAsked, staffLink, staffPage, withNext } from '../staff/asked.ts'
import { editorsWay } from '../staff/editors.ts'
import { EXCHANGE_HEAD, EXCHANGE_POLICY, RUNNING_HEAD } from './head.ts'
import { EXCHANGE_PATH, type Filled, formPath, pathOf, problemsOf, readFilled, readForm, type SentForm, TABLES_PATH } from './read.ts'
import { importView, isUnderWay, titleOf } from './report.ts'
import { backLink, exchangeView, megabytes, type Said, tablesView } from './views.ts'
import { exchangeWords } from './words.ts'

const PATH = /^\/edit\/exchange(?:\/(tables|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}))?$/i

/** When to come back while files of others are coming in, in seconds. */
const RETRY_SECONDS = 10

/** Where a form with files is sent: it may be larger than others. */
export const takesFiles = (path: string): boolean => path === EXCHANGE_PATH

/** An editor, and what is hers. */
type Inside = { door: ImportDoor; viewer: Viewer }

/** `/edit/exchange` and below: where editors bring content in and take it home. Null for other addresses. */
export async function exchangePages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, body, cookie, access, reader } = asked
  if (!path.startsWith(EXCHANGE_PATH)) return null
  const { viewer, half } = await access.known(cookie)
  if (!viewer) return half ? go(asked, '/account/second-factor') : go(asked, withNext('/sign-in', await comingBack(asked)))
  if (!hasRole(viewer, ['EDITOR'])) return noRole(asked, viewer)
  const [known, id] = PATH.exec(path) ?? []
  if (!known) return missing(asked)
  const door = asked.importsOf(viewer, languageOf(reader))
  const inside = { door, viewer }
  if (body) await access.touch(viewer, reader.now)
  if (id === undefined) return body ? take(asked, inside) : form(asked, inside, readFilled(asked.query, reader), cameBack(asked), 200)
  if (id === 'tables') {
    const main = tablesView(await door.tables(), reader)
    return answered(asked, TABLES_PATH, exchangeWords(reader).tables, main, 200)
  }
  return body ? repeat(asked, inside, id) : show(asked, door, id)
}

const answered = ({ reader }: StaffAsked, path: string, title: string, main: Html, status: number, head = EXCHANGE_HEAD): StaffAnswer => ({
  page: { ...staffPage(path, title, main, status >= 400, reader), head },
  status,
  policy: EXCHANGE_POLICY,
})

/** Where to go after signing in: the form keeps what was typed, when it was sent after the session had ended. */
async function comingBack(asked: StaffAsked): Promise<string> {
  const { path, reader } = asked
  if (path !== EXCHANGE_PATH || !asked.body) return PATH.test(path) ? path : EXCHANGE_PATH
  const sent = await sentIn(asked)
  return formPath(readFilled(sent?.fields ?? asked.query, reader), true)
}

const cameBack = ({ query, reader }: StaffAsked): Said => (query.has('ended') ? { failure: exchangeWords(reader).ended } : {})

/** The form that came; null when it did not come whole. */
async function sentIn({ body, files }: StaffAsked): Promise<SentForm | null> {
  if (!files) return body && { fields: body, files: [] }
  if ('left' in files) return null
  const form = await files.read()
  return form && readForm(form)
}

function noRole(asked: StaffAsked, viewer: Viewer): StaffAnswer {
  const words = exchangeWords(asked.reader)
  const main = html`<p class="lead">${words.noRoleText}</p>
<p><a class="step" href="${staffLink(asked.reader, homeOf(viewer))}">${words.goOn}</a></p>`
  return answered(asked, EXCHANGE_PATH, words.noRole, main, 403)
}

function missing(asked: StaffAsked): StaffAnswer {
  const words = exchangeWords(asked.reader)
  return answered(asked, EXCHANGE_PATH, words.missing, html`<p class="lead">${words.missingText}</p>\n${backLink(asked.reader)}`, 404)
}

async function form(asked: StaffAsked, { door, viewer }: Inside, filled: Filled, said: Said, status: number): Promise<StaffAnswer> {
  const { reader, longestFile } = asked
  const view = exchangeView(await door.list(), filled, said, longestFile, reader)
  const main = html`${editorsWay(EXCHANGE_PATH, viewer, reader)}\n${view}`
  return answered(asked, EXCHANGE_PATH, exchangeWords(reader).title, main, status)
}

/** Takes what was sent, and leads to where one sees what becomes of it. */
async function take(asked: StaffAsked, inside: Inside): Promise<StaffAnswer> {
  const { reader, files, longestFile } = asked
  const words = exchangeWords(reader)
  const sent = await sentIn(asked)
  if (!sent) {
    const filled = readFilled(asked.query, reader)
    // What was not read is not here to be shown again, but for what the script has put into the address; the browser has it.
    if (files && 'left' in files && files.left === 'BUSY')
      return { ...(await form(asked, inside, filled, { failure: `${words.busy} ${words.goBack}` }, 503)), retryAfter: RETRY_SECONDS }
    if (files && 'left' in files)
      return form(asked, inside, filled, { failure: `${words.tooLarge(megabytes(longestFile))} ${words.goBack}` }, 413)
    return form(asked, inside, filled, { failure: words.unreadable }, 400)
  }
  const { fields } = sent
  const filled = readFilled(fields, reader)
  const problems = problemsOf(sent.files, filled, reader)
  if (problems.size > 0) return form(asked, inside, filled, { problems }, 422)
  try {
    const { format, texts: language, source, publish } = filled
    // Whatever is not the other button is a trial, which does no harm.
    const dryRun = fields.get('act') !== 'bring'
    const id = await inside.door.start({ format, files: sent.files, language, source: source || null, dryRun, publish })
    return go(asked, pathOf({ id }))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return form(asked, inside, filled, await underWay(asked, inside), 409)
  }
}

/** That another import of hers goes on, and where. */
async function underWay({ reader }: StaffAsked, { door, viewer }: Inside): Promise<Said> {
  const words = exchangeWords(reader)
  const other = (await door.list()).find((view) => view.actor === viewer.actor && isUnderWay(view))
  const more = html`<p>${other && html`<a class="step" href="${staffLink(reader, pathOf(other))}">${words.underWayLink}</a> · `}${words.fileAgain}</p>`
  return { failure: words.underWay, more }
}

async function show(asked: StaffAsked, door: ImportDoor, id: string): Promise<StaffAnswer> {
  const { reader } = asked
  const told = await door.find(id)
  if (!told) return missing(asked)
  const { view } = told
  const wrong = view.state === 'REFUSED' || view.state === 'FAILED'
  const page = staffPage(pathOf(view), titleOf(told, reader), importView(told, reader), wrong, reader)
  return { page: { ...page, head: isUnderWay(view) ? RUNNING_HEAD : EXCHANGE_HEAD }, status: 200, policy: EXCHANGE_POLICY }
}

/** Brings in what a trial has tried. */
async function repeat(asked: StaffAsked, inside: Inside, id: string): Promise<StaffAnswer> {
  try {
    return go(asked, pathOf({ id: await inside.door.repeat(id) }))
  } catch (error) {
    // Her page says that the files are gone.
    if (error instanceof NotFound) return show(asked, inside.door, id)
    if (!(error instanceof Conflict)) throw error
    return form(asked, inside, readFilled(asked.query, asked.reader), await underWay(asked, inside), 409)
  }
}
