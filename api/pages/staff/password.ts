import { isSecret } from '../../access/rules/invitation.ts'
import { passwordProblem, SHORTEST_PASSWORD } from '../../access/rules/password.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import { alert, type Asking, field, hidden, inFront, type Problems, summary } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import { type StaffAnswer, type StaffAsked, staffLink, staffPage } from './asked.ts'
import { staffWords } from './words.ts'

/** `/account/recovery/<secret>`: a new password for who lost hers, or her second factor; null for other addresses. */
export async function recoveryPages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, body, access, address, reader } = asked
  const [, secret = ''] = /^\/account\/recovery\/([^/]+)$/.exec(path) ?? []
  if (secret === '') return null
  const found = isSecret(secret) ? await access.recovery(secret) : null
  if (!found) return over(asked, 404)
  if (!body) return form(asked, found.email, new Map(), 200)
  const password = body.get('password') ?? ''
  const problem = passwordProblem(password, found.email)
  if (problem) return form(asked, found.email, new Map([['password', staffWords(reader).passwordProblems[problem]]]), 422)
  return (await access.recover(secret, password, address)) ? done(asked) : over(asked, 409)
}

function form(asked: StaffAsked, email: string, problems: Problems, status: number): StaffAnswer {
  const { path, reader } = asked
  const words = staffWords(reader)
  const asking = { problems, reader }
  const main = html`${summary(asking, { password: inFront(words.newPassword, reader) })}
<p class="lead">${words.recoveryIntro}</p>
<form class="card form" method="post" action="${staffLink(reader, path)}" novalidate>
<div class="field"><label for="email">${words.email}</label>
<input id="email" type="email" autocomplete="username" value="${email}" readonly></div>
${newPasswordField(asking, 'password')}
<p class="actions"><button class="go">${words.changePassword}</button></p>
</form>`
  return { page: staffPage(path, words.recovery, main, problems.size > 0, reader), status }
}

function over({ path, reader }: StaffAsked, status: number): StaffAnswer {
  const words = staffWords(reader)
  return { page: staffPage(path, words.recovery, alert(words.recoveryOver, [], reader, false), true, reader), status }
}

function done({ reader }: StaffAsked): StaffAnswer {
  const words = staffWords(reader)
  const main = html`<p class="lead">${words.recovered}</p>
<p><a class="step" href="${staffLink(reader, '/sign-in')}">${words.signIn}</a></p>`
  return { page: staffPage('/sign-in', words.passwordChanged, main, false, reader), status: 200 }
}

const newPasswordField = (asking: Asking, name: string): Html => {
  const words = staffWords(asking.reader)
  return field(
    asking,
    { name, label: words.newPassword, hint: words.newPasswordHint(SHORTEST_PASSWORD), required: true },
    (own) => html`<input${own} type="password" autocomplete="new-password" minlength="${SHORTEST_PASSWORD}" maxlength="400">`,
  )
}

/** What is wrong with it, at the head of the page. */
export function passwordSummary(asking: Asking): Html | null {
  const words = staffWords(asking.reader)
  return summary(asking, { present: inFront(words.presentPassword, asking.reader), chosen: inFront(words.newPassword, asking.reader) })
}

/** The part of `/account` where somebody changes her password; open where something is wrong with it. */
export function passwordSection(asking: Asking): Html {
  const { reader } = asking
  const words = staffWords(reader)
  return html`<section>
<h2>${words.password}</h2>
<details${asking.problems.size > 0 && html` open`}><summary>${words.changePassword}</summary>
<form class="card form" method="post" action="${staffLink(reader, '/account')}" novalidate>
${hidden('act', 'password')}${field(asking, { name: 'present', label: words.presentPassword, required: true }, (own) => html`<input${own} type="password" autocomplete="current-password" maxlength="400">`)}
${newPasswordField(asking, 'chosen')}
<p class="hint">${words.changePasswordHint}</p>
<p class="actions"><button class="go">${words.changePassword}</button></p>
</form></details>
</section>`
}

/**
 * Changes the password as the form asks.
 * @returns what is wrong, by the field; nothing when it is changed
 */
export async function changePassword({ access, address, reader }: StaffAsked, viewer: Viewer, body: URLSearchParams): Promise<Problems> {
  const words = staffWords(reader)
  const present = body.get('present') ?? ''
  const chosen = body.get('chosen') ?? ''
  const problem = passwordProblem(chosen, viewer.email ?? '')
  const problems = new Map<string, string>([
    ...(present === '' ? [['present', words.required] as const] : []),
    ...(problem ? [['chosen', words.passwordProblems[problem]] as const] : []),
  ])
  if (problems.size > 0) return problems
  return (await access.changePassword(viewer, { present, chosen }, address)) ? problems : new Map([['present', words.passwordWrong]])
}
