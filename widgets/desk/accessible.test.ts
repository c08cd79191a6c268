import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { all, inside, pretend, shown } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import { makeCall, supervisor } from './testing/made.ts'
import { check } from './testing/check.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const checked = (state: string, sign: string) => check(on.element, state, sign)

const looks = { light: '', dark: 'theme="dark"', 'forced colours': '' }
const everywhere = Object.entries(looks).flatMap(([look, attributes]) =>
  ['fr', 'de', 'nl', 'en'].map((language) => [look, language, attributes] as const),
)
describe.each(everywhere)('%s, %s', (look, language, attributes) => {
  test('each state of the desk', { timeout: 120_000 }, async () => {
    document.documentElement.lang = language
    if (look === 'forced colours') await pretend({ 'forced-colors': 'active' })
    on.server.viewer = supervisor
    await on.start(attributes)
    await expect.poll(() => on.element.language).toBe(language)
    await expect.poll(() => on.element.link).toBe('live')
    const { element, server } = on
    const tabs = async (state: string) => {
      for (const tab of ['queue', 'call', 'help'] as const) {
        element.show(tab)
        await checked(`${state}, ${tab}`, `.${tab}`)
      }
    }
    element.toggleKeys(true)
    await tabs('queue and keys')
    element.toggleKeys(false)
    await element.claim()
    element.help.pick({ slug: 'x', name: 'Épicerie', language: 'FR' })
    for (const details of all(element, 'details')) details.toggleAttribute('open', true)
    await tabs('call')
    await element.reveal()
    await element.attempt('ASKED_LATER')
    element.asking = { outcome: 'ASKED_LATER', problem: element.t.laterMissing }
    element.show('call')
    await checked('later', '#later-day')
    await element.attempt('INVALID_NUMBER')
    await checked('confirm', '#asking')
    element.asking = undefined
    await element.attempt('REACHED')
    element.closeProblem = element.t.closeMissing
    server.session = { endsAt: '2026-11-23T15:00:00.000Z', idleAt: '2026-11-23T09:02:00.000Z' }
    await element.refresh()
    await checked('reached, session ends soon', '.bands .band')
    element.notes.text = 'Elle vit seule.'
    server.found = makeCall('aaa', { status: 'CANCELLED', mine: false })
    server.call = undefined
    await element.refresh()
    await checked('withdrawn', '.lost')
    element.dismiss()
    element.link = 'live'
    server.rows = []
    await element.refresh()
    element.failed(new StaffFailed('unreachable'))
    element.link = 'away'
    await checked('empty, offline', '.queue .empty')
    element.link = 'live'
    element.reminded = true
    await checked('reminded', '#reminder button')
    element.go('team')
    await checked('team, nobody waits', 'table')
    element.go('day')
    await checked('day', '#day')
    element.signedOut = true
    await checked('signed out', '.bands a')
  })
})

test('nothing moves by itself, so there is nothing to reduce', async () => {
  await on.start()
  await on.call()
  const moving = all(on.element, '*').filter((one) => {
    const { animationName, transitionDuration } = getComputedStyle(one)
    return animationName !== 'none' || Number.parseFloat(transitionDuration) > 0
  })
  expect(moving).toEqual([])
})

test('on a phone one column at a time, on a wide screen all three', async () => {
  await page.viewport(390, 844)
  await on.start()
  const columns = () =>
    all(on.element, '.column')
      .filter(shown)
      .map((one) => one.className)
  expect(columns()).toEqual(['column queue'])
  await on.click('Aide')
  expect(columns()).toEqual(['column help'])
  await page.viewport(1440, 900)
  expect(columns().length).toBe(3)
  expect(shown(inside(on.element, '.tabs'))).toBe(false)
})
