import { renderSVG } from 'uqr'
import { nextOf } from '../../access/rules/next.ts'
import type { Known } from '../../access/rules/access.ts'
import { hasRole } from '../../access/rules/viewer.ts'
import { alert, field, hidden, type Problems } from '../callback/form-parts.ts'
import { type Html, html, picture } from '../html.ts'
import { languageOf } from '../layout.ts'
import { tagOf } from '../../directory/language.ts'
import { TIME_ZONE } from '../../service/rules/calendar.ts'
import { go, homeOf, type StaffAnswer, type StaffAsked, staffLink, staffPage, withNext } from './asked.ts'
import { EXCHANGE_PATH } from '../exchange/read.ts'
import { exchangeWords } from '../exchange/words.ts'
import { sitesWords } from '../sites/words.ts'
import { codeField, organizationName } from './sign-in.ts'
import { changePassword, passwordSection, passwordSummary } from './password.ts'
import { staffWords } from './words.ts'

const ACCOUNT = '/account'
const SECOND_FACTOR = '/account/second-factor'

/** `/account` and `/account/second-factor`; null for other addresses. */
export async function accountPages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, body, cookie, access, address, query, reader } = asked
  if (path !== ACCOUNT && path !== SECOND_FACTOR) return null
  const known = await access.known(cookie)
  const { viewer, half } = known
  const next = nextOf(body?.get('next') ?? query.get('next'))
  if (path === SECOND_FACTOR) {
    if (half) return body ? confirm(asked, half, next, body) : setUpPage(asked, half, next, 200)
    return go(asked, viewer ? (next ?? homeOf(viewer)) : withNext('/sign-in', next))
  }
  if (half) return body?.get('act') === 'sign-out' ? leave(asked, await access.signOut(cookie ?? '')) : go(asked, SECOND_FACTOR)
  if (!known.viewer) return go(asked, withNext('/sign-in', ACCOUNT))
  if (!body) return accountPage(asked, known, 200)
  await access.touch(known.viewer, reader.now)
  switch (body.get('act')) {
    case 'sign-out':
      return leave(asked, await access.signOut(cookie ?? ''))
    case 'sign-out-everywhere':
      return leave(asked, await access.signOutEverywhere(cookie ?? '', known.viewer))
    case 'backup-codes': {
      const password = (body.get('password') ?? '').slice(0, 400)
      const codes = await access.newBackupCodes(cookie ?? '', known.viewer, password, address)
      return codes ? codesPage(asked, codes, null) : accountPage(asked, known, 422, staffWords(reader).passwordWrong)
    }
    case 'password': {
      const problems = await changePassword(asked, known.viewer, body)
      return problems.size > 0 ? accountPage(asked, known, 422, undefined, problems) : changedPage(asked)
    }
    default:
      return accountPage(asked, known, 422, staffWords(reader).unreadable)
  }
}

const leave = (asked: StaffAsked, cookies: readonly string[]): StaffAnswer => go(asked, '/sign-in', cookies)

type Inside = Extract<Known, { hasPassword: boolean }>
type Half = { id: string; email: string }

async function setUpPage(asked: StaffAsked, half: Half, next: string | null, status: number, failure?: string): Promise<StaffAnswer> {
  const { access, reader } = asked
  const words = staffWords(reader)
  const app = await access.enrolment(half)
  // Set up meanwhile, in another window: her password and a code let her in.
  if (!app) return go(asked, withNext('/sign-in', next))
  const asking = { problems: new Map<string, string>(), reader }
  const main = html`${failure && alert(failure, [], reader, false)}
<p class="lead">${words.setUpIntro}</p>
<form class="card form" method="post" action="${staffLink(reader, SECOND_FACTOR)}" novalidate>
<div class="stack"><p>${words.setUpScan}</p>
<p class="qr" role="img" aria-label="${words.setUpPicture}">${picture(renderSVG(app.uri, { border: 3 }))}</p>
<p>${words.setUpType}<br><code>${app.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p></div>
${next !== null && hidden('next', next)}${codeField(asking, words.setUpCode)}
<p class="actions"><button class="go">${words.confirm}</button></p>
</form>
${signOutForm(asked)}`
  return { page: staffPage(withNext(SECOND_FACTOR, next), words.setUp, main, failure !== undefined, reader), status }
}

async function confirm(asked: StaffAsked, half: Half, next: string | null, body: URLSearchParams): Promise<StaffAnswer> {
  const { access, cookie, reader } = asked
  const done = await access.enrol(cookie ?? '', half, (body.get('code') ?? '').slice(0, 20))
  if (!done) return setUpPage(asked, half, next, 422, staffWords(reader).codeWrong)
  const { viewer } = await access.known(done.cookies.map((one) => one.split(';')[0]).join('; '))
  return codesPage(asked, done.backupCodes, next ?? (viewer ? homeOf(viewer) : ACCOUNT), done.cookies)
}

/** Backup codes, told once: this page is kept by nobody, and its address shows something else the next time. */
function codesPage({ reader }: StaffAsked, codes: readonly string[], next: string | null, cookies?: readonly string[]): StaffAnswer {
  const words = staffWords(reader)
  const main = html`<p class="lead">${words.backupIntro}</p>
<div class="card"><ul class="codes">${codes.map((code) => html`<li><code>${code}</code></li>\n`)}</ul></div>
<p><a class="step" href="${staffLink(reader, next ?? ACCOUNT)}">${words.go}</a></p>`
  return { page: staffPage(ACCOUNT, next === null ? words.backupCodes : words.setUpDone, main, false, reader), status: 200, cookies }
}

function changedPage({ reader }: StaffAsked): StaffAnswer {
  const words = staffWords(reader)
  const main = html`<p class="lead">${words.passwordChangedText}</p>
<p><a class="step" href="${staffLink(reader, ACCOUNT)}">${words.go}</a></p>`
  return { page: staffPage(ACCOUNT, words.passwordChanged, main, false, reader), status: 200 }
}

/** @param problems with the fields of a new password */
function accountPage(
  asked: StaffAsked,
  { viewer, hasPassword }: Inside,
  status: number,
  failure?: string,
  problems: Problems = new Map(),
): StaffAnswer {
  const { reader } = asked
  const words = staffWords(reader)
  const asking = { problems, reader }
  const slugOf = (id: string | null) =>
    id === null ? null : ([...reader.directory.organizationsBySlug.values()].find((one) => one.id === id)?.slug ?? id)
  const roles = viewer.memberships.map(
    ({ role, organizationId }) => html`<li>${words.role[role]}, ${organizationName(slugOf(organizationId), reader)}</li>\n`,
  )
  const main = html`${failure && alert(failure, [], reader, false)}${passwordSummary(asking)}
${viewer.isDemonstration && html`<p class="note">${words.isDemonstration}</p>`}
<div class="card"><dl class="facts">
<div><dt>${words.signedInAs}</dt><dd>${viewer.name}<br>${viewer.email}</dd></div>
<div><dt>${words.roles}</dt><dd>${roles.length > 0 ? html`<ul>${roles}</ul>` : words.noRole}</dd></div>
</dl>
${viewer.session && html`<p class="hint">${words.until(timeOf(viewer.session.endsAt, asked))}</p>`}</div>
${homeOf(viewer) === '/desk' && html`<p><a class="step" href="${staffLink(reader, '/desk')}">${words.desk}</a></p>`}
${hasRole(viewer, ['PARTNER']) && html`<p><a class="step" href="${staffLink(reader, '/partner')}">${words.cases}</a></p>`}
${hasRole(viewer, ['EDITOR']) && html`<p><a class="step" href="${staffLink(reader, '/edit')}">${words.workshop}</a></p>`}
${hasRole(viewer, ['EDITOR', 'ADMINISTRATOR']) && html`<p><a class="step" href="${staffLink(reader, '/edit/sites')}">${sitesWords(reader).title}</a></p>`}
${hasRole(viewer, ['EDITOR']) && html`<p><a class="step" href="${staffLink(reader, EXCHANGE_PATH)}">${exchangeWords(reader).title}</a></p>`}
${
  hasPassword &&
  !viewer.isDemonstration &&
  html`${passwordSection(asking)}
<section>
<h2>${words.secondFactor}</h2>
<p>${words.secondFactorOn}</p>
<details${failure && html` open`}><summary>${words.newBackupCodes}</summary>
<form class="card form" method="post" action="${staffLink(reader, ACCOUNT)}" novalidate>
${hidden('act', 'backup-codes')}${field(asking, { name: 'password', label: words.password, hint: words.newBackupCodesHint, required: true }, (own) => html`<input${own} type="password" autocomplete="current-password" maxlength="400">`)}
<p class="actions"><button class="go">${words.newBackupCodes}</button></p>
</form></details>
</section>`
}
<section>
${signOutForm(asked)}
<form method="post" action="${staffLink(reader, ACCOUNT)}">
${hidden('act', 'sign-out-everywhere')}<p class="actions"><button>${words.signOutAll}</button> <span class="hint">${words.signOutAllHint}</span></p>
</form>
</section>`
  return { page: staffPage(ACCOUNT, words.account, main, failure !== undefined || problems.size > 0, reader), status }
}

const signOutForm = ({ reader }: StaffAsked): Html => html`<form method="post" action="${staffLink(reader, ACCOUNT)}">
${hidden('act', 'sign-out')}<p class="actions"><button>${staffWords(reader).signOut}</button></p>
</form>`

const timeOf = (moment: Date, { reader }: StaffAsked): string =>
  new Intl.DateTimeFormat(tagOf(languageOf(reader)), { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE }).format(moment)
