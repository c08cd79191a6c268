import { cookieIn, cookieNames } from '../../access/rules/cookie.ts'
import { nextOf } from '../../access/rules/next.ts'
import { choose } from '../../directory/language.ts'
import { alert, field, hidden } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../layout.ts'
import { go, homeOf, type StaffAnswer, type StaffAsked, staffLink, staffPage, withNext } from './asked.ts'
import { staffWords } from './words.ts'

const SIGN_IN = '/sign-in'
const CODE = '/sign-in/code'

/** `/sign-in` and what is below it; null for other addresses. */
export async function signInPages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, query, body } = asked
  if (path === SIGN_IN) return body ? enter(asked, body) : look(asked)
  if (path === CODE) return body ? giveCode(asked, body) : lookForCode(asked)
  if (body) return null
  const [, provider] = /^\/sign-in\/with\/([a-z0-9-]+)$/.exec(path) ?? []
  if (provider !== undefined) return start(asked, provider, nextOf(query.get('next')))
  return /^\/sign-in\/provider\/callback\/[a-z0-9-]+$/.test(path) ? finish(asked) : null
}

async function look(asked: StaffAsked): Promise<StaffAnswer> {
  const { query, cookie, access, reader } = asked
  const next = nextOf(query.get('next'))
  const words = staffWords(reader)
  if (query.get('failed') === 'provider') return signInPage(asked, { email: '', next, failure: words.providerFailed }, 403)
  const { viewer } = await access.known(cookie)
  return viewer ? go(asked, next ?? homeOf(viewer)) : signInPage(asked, { email: '', next }, 200)
}

async function enter(asked: StaffAsked, body: URLSearchParams): Promise<StaffAnswer> {
  const { access, address, reader } = asked
  const email = (body.get('email') ?? '').trim().slice(0, 254)
  const password = body.get('password') ?? ''
  const next = nextOf(body.get('next'))
  const done = email === '' || password === '' ? null : await access.signIn({ email, password }, address)
  if (!done) return signInPage(asked, { email, next, failure: staffWords(reader).wrong }, 422)
  if (done.step === 'CODE') return go(asked, withNext(CODE, next), done.cookies)
  if (done.step === 'ENROL') return go(asked, withNext('/account/second-factor', next), done.cookies)
  return inside(asked, next, done.cookies)
}

/** To where she wanted, or to where she works. */
async function inside(asked: StaffAsked, next: string | null, cookies: readonly string[]): Promise<StaffAnswer> {
  const { viewer } = await asked.access.known(cookies.map((one) => one.split(';')[0]).join('; '))
  return go(asked, next ?? (viewer ? homeOf(viewer) : '/account'), cookies)
}

function lookForCode(asked: StaffAsked): StaffAnswer {
  const { query, cookie } = asked
  const next = nextOf(query.get('next'))
  const waits = [true, false].some((secure) => cookieIn(cookie, cookieNames(secure).code))
  return waits ? codePage(asked, next, 200) : go(asked, withNext(SIGN_IN, next))
}

async function giveCode(asked: StaffAsked, body: URLSearchParams): Promise<StaffAnswer> {
  const { access, address, cookie, reader } = asked
  const next = nextOf(body.get('next'))
  const cookies = await access.giveCode(cookie ?? '', (body.get('code') ?? '').slice(0, 40), address)
  return cookies ? inside(asked, next, cookies) : codePage(asked, next, 422, staffWords(reader).codeWrong)
}

async function start(asked: StaffAsked, provider: string, next: string | null): Promise<StaffAnswer> {
  const { access, address, reader } = asked
  if (!access.providers.some(({ id }) => id === provider)) return signInPage(asked, { email: '', next }, 404)
  const begun = await access.startProvider(provider, next, address)
  if (!begun) return signInPage(asked, { email: '', next, failure: staffWords(reader).providerAway }, 503)
  return { to: begun.url, cookies: begun.cookies }
}

async function finish(asked: StaffAsked): Promise<StaffAnswer> {
  const { access, url, cookie, address } = asked
  const done = await access.finishProvider(url, cookie, address)
  if (!done) return go(asked, `${SIGN_IN}?failed=provider`)
  return inside(asked, done.next, done.cookies)
}

type Shown = { email: string; next: string | null; failure?: string }

function signInPage({ access, reader }: StaffAsked, { email, next, failure }: Shown, status: number): StaffAnswer {
  const words = staffWords(reader)
  const asking = { problems: new Map<string, string>(), reader }
  const main = html`${failure && alert(failure, [], reader, false)}
<p class="lead">${words.forStaff}</p>
<form class="card form" method="post" action="${staffLink(reader, SIGN_IN)}" novalidate>
${hiddenNext(next)}${field(asking, { name: 'email', label: words.email, required: true }, (own) => html`<input${own} type="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" value="${email}">`)}
${field(asking, { name: 'password', label: words.password, required: true }, (own) => html`<input${own} type="password" autocomplete="current-password" maxlength="400">`)}
<p class="actions"><button class="go">${words.signIn}</button></p>
</form>
${access.providers.length > 0 && providerLinks(access.providers, next, reader)}
${access.demonstration && demonstrationCard(access.demonstration, next, reader)}`
  return { page: staffPage(withNext(SIGN_IN, next), words.signIn, main, failure !== undefined, reader), status }
}

const hiddenNext = (next: string | null): Html | null => (next === null ? null : hidden('next', next))

/** Organizations' own ways to sign in. A link, since a form may lead nowhere else. */
export const providerLinks = (providers: StaffAsked['access']['providers'], next: string | null, reader: Reader): Html => html`<section>
<h2>${staffWords(reader).orWith}</h2>
<ul class="links subjects">${providers.map(({ id, label }) => html`<li><a href="${staffLink(reader, withNext(`/sign-in/with/${id}`, next))}">${staffWords(reader).continueWith(label)}</a></li>\n`)}</ul>
</section>`

function demonstrationCard(
  { password, accounts }: NonNullable<StaffAsked['access']['demonstration']>,
  next: string | null,
  reader: Reader,
): Html {
  const words = staffWords(reader)
  return html`<section>
<h2>${words.demonstration}</h2>
<p class="note">${words.demonstrationText(password)}</p>
<div class="choices">${accounts.map(
    ({ email, name, role, organization }) => html`<form method="post" action="${staffLink(reader, SIGN_IN)}">
${hiddenNext(next)}${hidden('email', email)}${hidden('password', password)}<button>${name}, ${words.role[role]}${organization !== 'ville-de-liege' && html`, ${organizationName(organization, reader)}`}</button>
</form>\n`,
  )}</div>
</section>`
}

/** In words, if the directory has it. */
export function organizationName(slug: string | null, reader: Reader): string {
  if (slug === null) return staffWords(reader).everywhere
  const organization = reader.directory.organizationsBySlug.get(slug)
  return organization ? choose<{ name: string }>(organization.texts, reader.languages).text.name : slug
}

function codePage({ reader }: StaffAsked, next: string | null, status: number, failure?: string): StaffAnswer {
  const words = staffWords(reader)
  const asking = { problems: new Map<string, string>(), reader }
  const main = html`${failure && alert(failure, [], reader, false)}
<p class="lead">${words.codeIntro}</p>
<form class="card form" method="post" action="${staffLink(reader, CODE)}" novalidate>
${hiddenNext(next)}${codeField(asking, words.codeLabel, words.codeHint)}
<p class="actions"><button class="go">${words.go}</button></p>
</form>
<p><a class="step" href="${staffLink(reader, withNext(SIGN_IN, next))}">${words.startAgain}</a></p>`
  return { page: staffPage(withNext(CODE, next), words.code, main, failure !== undefined, reader), status }
}

/** Letters too: a backup code has some. */
export const codeField = (asking: Parameters<typeof field>[0], label: string, hint?: string): Html =>
  field(
    asking,
    { name: 'code', label, hint, required: true },
    (own) =>
      html`<input${own} ${hint ? html`inputmode="text"` : html`inputmode="numeric"`} autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="20">`,
  )
