import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import { whoView } from '../shared/staff-head.ts'
import { callView } from './call.ts'
import { dayView } from './day.ts'
import { helpView } from './helping.ts'
import type { Model, Tab } from './model.ts'
import { queueView } from './queue.ts'
import { teamView } from './team.ts'
import { clockOf } from './time.ts'

export function deskView(m: Model): TemplateResult {
  return html`<div class="root" lang=${m.language} dir="ltr" data-link=${m.link}>
    ${head(m)} ${bands(m)}
    <p class="said ${m.note?.bad ? 'bad' : ''}" role="status">${m.note?.text}</p>
    ${m.keysShown ? keysView(m) : nothing} ${m.phase === 'ready' ? main(m) : waiting(m)}
  </div>`
}

function head(m: Model): TemplateResult {
  const { t, start, page } = m
  const to = (target: Model['page'], label: string) =>
    html`<button type="button" class="tab" aria-current=${page === target ? 'page' : nothing} @click=${() => m.go(target)}>${label}</button>`
  return html`<header>
    <h1>${m.partner ? t.partnerTitle : t.title}</h1>
    ${
      m.phase === 'ready'
        ? html`${
            m.partner
              ? html`<span class="fill"></span>`
              : html`<nav aria-label=${t.sections}>
                  ${to('work', t.calls)}${m.supervisor ? to('team', t.team) : nothing}${to('cases', m.waitingCases ? fill(t.casesCount, { n: m.waitingCases }) : t.cases)}${to('day', t.day)}
                </nav>`
          }
            <p class="link ${m.link}"><span aria-hidden="true"></span>${{ live: t.live, connecting: t.connecting, polling: t.polling, away: t.away }[m.link]}</p>
            ${
              m.partner
                ? nothing
                : html`<button type="button" class="quiet" id="keys-button" aria-expanded=${m.keysShown} @click=${() => m.toggleKeys()}>
                    ${t.keys} <kbd aria-hidden="true">?</kbd>
                  </button>`
            }`
        : nothing
    }
    ${start?.viewer ? whoView({ t, language: m.language, viewer: start.viewer }, (code) => `?lang=${code}`) : nothing}
  </header>`
}

/** What concerns the whole screen: the session, the network, and what ends soon. */
function bands(m: Model): TemplateResult {
  const { t, language, sessionEnd, leaseMinutes } = m
  const typed = [m.notes.text, m.typed].filter(Boolean).join('\n\n')
  const here = html`<button type="button" class="second" @click=${() => m.stillHere()}>${t.stillHere}</button>`
  return html`<div class="bands" role="alert">
    ${
      m.signedOut
        ? html`<div class="band bad">
            <p><b>${t.signedOut}</b> ${typed ? t.signedOutHint : nothing}</p>
            <p class="actions">
              <a class="button" href="/sign-in?next=${m.partner ? '/partner' : '/desk'}">${t.signIn}</a>
              ${typed ? html`<button type="button" class="second" @click=${() => m.copy(typed)}>${t.copyNote}</button>` : nothing}
            </p>
          </div>`
        : nothing
    }
    ${
      m.reminded && m.numbers && m.phase === 'ready' && !m.signedOut
        ? html`<div class="band" id="reminder">
            <p>${fill(t.reminder, { late: m.numbers.overdue, soon: m.numbers.soonOverdue })}</p>
            <p class="actions">
              <button type="button" class="second" @click=${() => m.go('team')}>${t.seeThem}</button>
              <button type="button" class="quiet" @click=${() => m.seen()}>${t.understood}</button>
            </p>
          </div>`
        : nothing
    }
    ${m.link === 'away' && m.phase === 'ready' ? html`<p class="band">${m.partner || m.page === 'cases' ? t.awayCases : t.awayLong}</p>` : nothing}
    ${
      leaseMinutes === undefined || m.signedOut
        ? nothing
        : html`<div class="band"><p>${fill(t.leaseEnds, { n: leaseMinutes })}</p>${here}</div>`
    }
    ${
      !sessionEnd || m.signedOut
        ? nothing
        : html`<div class="band">
            <p>${fill(sessionEnd.last ? t.sessionEndsLast : t.sessionEnds, { time: clockOf(sessionEnd.at, language) })}</p>
            ${sessionEnd.last ? nothing : here}
          </div>`
    }
  </div>`
}

/** Before there is anything to work with. */
function waiting(m: Model): TemplateResult {
  const { t, phase, failure } = m
  if (m.signedOut) return html`<main></main>`
  if (phase === 'loading') return html`<main class="alone"><p class="hint">${t.loading}</p></main>`
  if (phase === 'forbidden')
    return html`<main class="alone"><p>${m.partner ? t.partnerForbidden : t.forbidden}</p><p><a href="/account">${t.account}</a></p></main>`
  return html`<main class="alone">
    <p>${t[failure === 'signedOut' || failure === 'forbidden' || !failure ? 'failed' : failure]}</p>
    <p><button type="button" @click=${() => m.begin()}>${t.retry}</button></p>
  </main>`
}

function main(m: Model): TemplateResult {
  if (m.partner || m.page === 'cases')
    return html`<main class="wide">${m.cases ? m.cases.draw() : html`<p class="hint">${m.t.loading}</p>`}</main>`
  if (m.page === 'team') return html`<main class="wide">${teamView(m)}</main>`
  if (m.page === 'day') return html`<main class="wide">${dayView(m)}</main>`
  const { t, tab } = m
  const to = (target: Tab, label: string) =>
    html`<button type="button" class="tab" aria-current=${tab === target ? 'true' : nothing} @click=${() => m.show(target)}>${label}</button>`
  return html`<main class="columns" data-tab=${tab}>
      <section class="column queue" aria-labelledby="queue-title">${queueView(m)}</section>
      <section class="column call" aria-labelledby="call-title">${callView(m)}</section>
      <section class="column help" aria-labelledby="help-title">${helpView(m)}</section>
    </main>
    <nav class="tabs" aria-label=${t.columns}>
      ${to('queue', `${t.queue} (${m.numbers?.due ?? 0})`)}${to('call', t.call)}${to('help', t.help)}
    </nav>`
}

function keysView(m: Model): TemplateResult {
  const { t } = m
  const keys = [
    ['n', t.keyNext],
    ['r', t.keyReveal],
    ['1 – 8', t.keyOutcome],
    ['/', t.keySearch],
    ['c', t.keyClose],
    ['Esc', t.keyEscape],
    ['?', t.keyHelp],
  ]
  return html`<section class="keys" aria-labelledby="keys-title">
    <h2 id="keys-title" tabindex="-1">${t.keys}</h2>
    <dl>${keys.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
    <p class="hint">${t.keysHint}</p>
    <div class="choices">
      <label>
        <input type="checkbox" .checked=${m.keysOn} @change=${(event: Event) => m.switchKeys((event.target as HTMLInputElement).checked)} />
        ${t.keysOn}
      </label>
    </div>
    <button type="button" class="second" @click=${() => m.toggleKeys(false)}>${t.back}</button>
  </section>`
}
