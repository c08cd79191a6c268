import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { all, inside, pretend, settle, shown } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import { check } from './testing/check.ts'
import { makeCall, makeCase, ofLine, preview, supervisor, worker } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const checked = (state: string, sign: string) => check(on.element, state, sign)

const looks = { light: '', dark: 'theme="dark"', 'forced colours': '' }
const everywhere = Object.entries(looks).flatMap(([look, attributes]) =>
  ['fr', 'de', 'nl', 'en'].map((language) => [look, language, attributes] as const),
)

let before = ''
beforeEach(() => {
  before = document.title
})
afterEach(() => {
  document.title = before
})

const over = { endedAt: '2026-11-23T08:50:00.000Z', dueAt: null }
const delivery = {
  id: 'd1',
  event: 'escalation.requested',
  channel: 'WEBHOOK' as const,
  state: 'DEAD' as const,
  attempts: 12,
  nextAt: null,
  tries: [{ at: '2026-11-23T08:31:00.000Z', code: 'http_500', milliseconds: 840 }],
}

async function prepare(look: string, language: string): Promise<void> {
  document.documentElement.lang = language
  if (look === 'forced colours') await pretend({ 'forced-colors': 'active' })
}
const press = async (selector: string) => {
  inside(on.element, selector)?.click()
  await settle(on.element)
}

describe.each(everywhere)('%s, %s', (look, language, attributes) => {
  test('each state of the panel', { timeout: 120_000 }, async () => {
    await prepare(look, language)
    const base = {
      id: 'c0',
      number: 'C00-7XM',
      state: 'REJECTED' as const,
      requestedAt: '2026-11-20T09:00:00.000Z',
      endedAt: '2026-11-23T08:00:00.000Z',
    }
    const back = { ...base, rejectReason: 'NO_CAPACITY' as const, failReason: null, cancelReason: null, partner: preview.partner }
    on.server.call = makeCall('aaa', { status: 'REACHED', escalations: [{ ...back, steps: [{ version: 2, note: 'Plus de place.' }] }] })
    await on.start(attributes)
    await expect.poll(() => on.element.language).toBe(language)
    on.element.show('call')
    await press('#hand-over')
    await press('.hand [type=submit]')
    for (const details of all(on.element, '.hand details')) details.toggleAttribute('open', true)
    await checked('something is missing', '.hand .wrong')
    const { handing } = on.element
    handing.choose('rwlp')
    handing.write('Trouver un colis alimentaire.')
    handing.agree('SPOKEN')
    handing.allow('yes')
    await settle(on.element)
    on.server.answers.DeskPreview = () => ({ preview: { ...preview, object: '•••', name: 'Marie', words: 'Je n’ai plus rien.' } })
    await handing.look()
    await checked('shown before it is sent', '.preview')
    on.server.answers.DeskOffers = () => ({ offers: [] })
    await handing.load()
    await checked('nobody', '.hand .empty')
  })

  test('each state of the page of a partner', { timeout: 120_000 }, async () => {
    await prepare(look, language)
    on.server.viewer = worker
    await on.start(`partner ${attributes}`)
    await expect.poll(() => on.element.language).toBe(language)
    await expect.poll(() => shown(inside(on.element, '.list .empty'))).toBe(true)
    await checked('empty', '.list .empty')
    const withdrawn = {
      state: 'CANCELLED' as const,
      cancelReason: 'AGREEMENT_WITHDRAWN' as const,
      erasureWanted: true,
      object: null,
      ...over,
    }
    on.server.cases = [
      makeCase('late', { state: 'RECEIVED', overdue: true, urgency: 'DANGER' }),
      makeCase('work', { state: 'IN_PROGRESS' }),
      makeCase('gone', withdrawn),
    ]
    await on.element.refresh()
    await checked('list', '.row, #case-title')
    await press('#case-late')
    await on.element.cases?.read()
    on.element.failed(new StaffFailed('unreachable'))
    await press('.contact button')
    await press('#act-reject')
    await press('#act [type=submit]')
    await checked('rejecting', '#act-wrong')
    on.server.cases = on.server.cases.map((one) => (one.id === 'late' ? { ...one, ...withdrawn, erasureWanted: false, version: 9 } : one))
    on.element.link = 'away'
    await on.element.cases?.read()
    await checked('taken back, offline', '#case-title')
    await press('#case-gone')
    await checked('to be erased', '#erase')
  })

  test('each state of the page of a line', { timeout: 120_000 }, async () => {
    await prepare(look, language)
    on.server.viewer = supervisor
    on.server.cases = [ofLine(makeCase('c', { overdue: true, deliveries: [delivery] }))]
    await on.start(attributes)
    await expect.poll(() => on.element.language).toBe(language)
    on.element.go('cases')
    await expect.poll(() => shown(inside(on.element, '#case-c'))).toBe(true)
    await press('#case-c')
    for (const details of all(on.element, '.one details')) details.toggleAttribute('open', true)
    await press('#act-reroute')
    await expect.poll(() => all(on.element, '#act .offer').length).toBe(2)
    await checked('to another partner', '#act .offer')
    await press('#act-takeBack')
    await checked('taking back', '#act-note')
  })
})
