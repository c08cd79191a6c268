import { emailOf, emailProblem, isSecret, LONGEST_EMAIL, LONGEST_NAME } from '../../access/rules/invitation.ts'
import type { Invited } from '../../access/rules/access.ts'
import { passwordProblem, SHORTEST_PASSWORD } from '../../access/rules/password.ts'
import { tidyText } from '../../strings/written.ts'
import { alert, field, inFront, type Problems, summary } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import { go, homeOf, type StaffAnswer, type StaffAsked, staffLink, staffPage, withNext } from './asked.ts'
import { organizationName, providerLinks } from './sign-in.ts'
import { staffWords } from './words.ts'

/** `/invitation/<secret>`: what is offered, and how to take it on; null for other addresses. */
export async function invitationPages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, body, cookie, access, reader } = asked
  const [, secret = ''] = /^\/invitation\/([^/]+)$/.exec(path) ?? []
  if (secret === '') return null
  const words = staffWords(reader)
  const invited = isSecret(secret) ? await access.invitation(secret) : null
  if (!invited) return { page: page(asked, alert(words.gone, [], reader, false), true), status: 404 }
  const { viewer } = await access.known(cookie)
  if (viewer) {
    if (invited.email !== null && invited.email !== viewer.email)
      return show(asked, invited, alert(words.otherAddress, [], reader, false), 403)
    if (!body) return show(asked, invited, takeOnForm(asked), 200)
    return (await access.takeOn(secret, viewer)) ? go(asked, homeOf(viewer)) : gone(asked)
  }
  if (invited.known) {
    const link = staffLink(reader, withNext('/sign-in', path))
    return show(asked, invited, html`<p>${words.signInFirst}</p>\n<p><a class="step" href="${link}">${words.signIn}</a></p>`, 200)
  }
  return body ? join(asked, invited, secret, body) : form(asked, invited, { name: '', email: '' }, new Map(), 200)
}

const gone = (asked: StaffAsked): StaffAnswer => ({
  page: page(asked, alert(staffWords(asked.reader).gone, [], asked.reader, false), true),
  status: 409,
})

async function join(asked: StaffAsked, invited: Invited, secret: string, body: URLSearchParams): Promise<StaffAnswer> {
  const { access, address, reader } = asked
  const words = staffWords(reader)
  const name = tidyText(body.get('name') ?? '').slice(0, LONGEST_NAME)
  const typed = (body.get('email') ?? '').slice(0, LONGEST_EMAIL)
  const email = invited.email ?? emailOf(typed)
  const password = body.get('password') ?? ''
  const problem = passwordProblem(password, email ?? '')
  const problems = new Map<string, string>([
    ...(name === '' ? [['name', words.required] as const] : []),
    ...(email === null
      ? [['email', emailProblem(typed) === 'email_unsupported' ? words.emailUnsupported : words.emailMalformed] as const]
      : []),
    ...(problem ? [['password', words.passwordProblems[problem]] as const] : []),
  ])
  if (problems.size > 0 || email === null) return form(asked, invited, { name, email: typed }, problems, 422)
  const joined = await access.join(secret, { name, email, password }, address)
  if (joined === 'gone') return gone(asked)
  if (joined === 'taken') return show(asked, invited, alert(words.taken, [], reader, false), 409)
  return go(asked, joined.step === 'ENROL' ? '/account/second-factor' : '/account', joined.cookies)
}

function takeOnForm({ path, reader }: StaffAsked): Html {
  return html`<form class="card form" method="post" action="${staffLink(reader, path)}">
<p class="actions"><button class="go">${staffWords(reader).takeOn}</button></p>
</form>`
}

function form(
  asked: StaffAsked,
  invited: Invited,
  { name, email }: { name: string; email: string },
  problems: Problems,
  status: number,
): StaffAnswer {
  const { path, reader } = asked
  const words = staffWords(reader)
  const asking = { problems, reader }
  const labels = {
    name: inFront(words.yourName, reader),
    email: inFront(words.email, reader),
    password: inFront(words.newPassword, reader),
  }
  const address = (own: Html) =>
    html`<input${own} type="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="${LONGEST_EMAIL}" value="${email}">`
  const main = html`<form class="card form" method="post" action="${staffLink(reader, path)}" novalidate>
${field(asking, { name: 'name', label: words.yourName, required: true }, (own) => html`<input${own} autocomplete="name" maxlength="${LONGEST_NAME}" value="${name}">`)}
${
  invited.email === null
    ? field(asking, { name: 'email', label: words.email, required: true }, address)
    : html`<div class="field"><label for="email">${words.email}</label>
<input id="email" name="email" type="email" autocomplete="username" value="${invited.email}" readonly></div>`
}
${field(asking, { name: 'password', label: words.newPassword, hint: words.newPasswordHint(SHORTEST_PASSWORD), required: true }, (own) => html`<input${own} type="password" autocomplete="new-password" minlength="${SHORTEST_PASSWORD}" maxlength="400">`)}
<p class="actions"><button class="go">${words.join}</button></p>
</form>
${invited.providers.length > 0 && providerLinks(invited.providers, null, reader)}`
  return show(asked, invited, html`${summary(asking, labels)}\n${main}`, status, problems.size > 0)
}

function show(asked: StaffAsked, { role, organization }: Invited, main: Html, status: number, wrong = false): StaffAnswer {
  const { reader } = asked
  const words = staffWords(reader)
  const where = organization === null ? null : organizationName(organization, reader)
  return { page: page(asked, html`<p class="lead">${words.invited(words.role[role], where)}</p>\n${main}`, wrong || status >= 400), status }
}

const page = ({ path, reader }: StaffAsked, main: Html, wrong: boolean) =>
  staffPage(path, staffWords(reader).invitation, main, wrong, reader)
