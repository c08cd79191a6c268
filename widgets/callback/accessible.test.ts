import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, inside, pretend, settle, shown, violations } from '../shared/testing/fixture.ts'
import { choices, makeSlot, receipt, usePage, withSlots } from './testing/page.ts'

const on = usePage()
const { choose, open, request, submit, type } = on

const looks = { light: '', dark: 'theme="dark"', 'forced colours': '' }
const everywhere = Object.entries(looks).flatMap(([look, attributes]) =>
  ['fr', 'de', 'nl', 'en'].map((language) => [look, language, attributes] as const),
)

/** No violation, nothing wider than the page, nothing to press that is lower than 44 pixels. */
async function checked(state: string) {
  await settle(on.element)
  expect(await violations(on.element), state).toEqual([])
  expect(document.documentElement.scrollWidth, state).toBeLessThanOrEqual(320)
  const targets = all(on.element, 'button, select, a, .choices > label, input:not([type=radio], [type=checkbox], [name=website])').filter(
    shown,
  )
  expect(targets.length, state).toBeGreaterThan(0)
  expect(
    targets.filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML),
    state,
  ).toEqual([])
}

const taken = { __typename: 'SlotTaken', message: 'Ce moment vient d’être pris.', slots: [makeSlot(24, 'pm')] }
const challenge = {
  __typename: 'ChallengeRequired',
  message: '',
  number: '1718',
  challenge: JSON.stringify({
    parameters: { algorithm: 'PBKDF2/SHA-256', nonce: '00', salt: '11', cost: 10, keyLength: 32, keyPrefix: 'f'.repeat(20) },
  }),
}
const done = { ...receipt, masked: true, slot: { dayLabel: 'mercredi 25 novembre', timesLabel: 'de 13 h à 17 h' } }

describe.each(everywhere)('%s, %s', (look, language, attributes) => {
  test('each state of a request and of what follows', async () => {
    document.documentElement.lang = language
    await page.viewport(320, 800)
    if (look === 'forced colours') await pretend({ 'forced-colors': 'active' })
    withSlots(on.api)
    on.api.answers.CallbackChoices = () => ({ ...choices, noticeChannels: ['EMAIL', 'SMS'] })
    await on.start(`line="1718" ${attributes}`)
    await expect.poll(() => on.element.language).toBe(language)
    const { t } = on.element
    await on.click(t.start)
    await choose('[value="2026-11-23"]')
    await submit()
    await checked('invalid')
    await choose('[name=slot]')
    on.api.answers.RequestCallback = () => ({ requestCallback: taken })
    await request()
    await checked('slot lost')
    await choose('[name=slot]')
    on.api.answers.RequestCallback = () => Promise.reject(new RequestFailed('unreachable'))
    await submit()
    await checked('waiting for the network')
    on.api.answers.RequestCallback = () => ({ requestCallback: challenge })
    await on.online()
    await expect.poll(() => on.element.note).toBe('solving')
    await checked('solving')
    on.api.answers.RequestCallback = () => ({ requestCallback: done })
    on.element.reset()
    await settle(on.element)
    await on.click(t.start)
    await choose('[value=asap]')
    await request()
    expect(inside(on.element, '.reference')?.textContent).toBe(receipt.reference)
    await checked('done')

    on.api.answers.FollowCallback = () => ({ callback: done })
    await on.click(t.follow)
    await expect.poll(() => shown(inside(on.element, '#follow-phone'))).toBe(true)
    await checked('follow')
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    await checked('found')
    const actions = () => all(on.element, '.actions button').filter(shown)
    for (const [index, state] of ['move', 'withdraw', 'erase'].entries()) {
      await userEvent.click(actions()[index] as Element)
      await checked(state)
      await userEvent.click(actions().at(-1) as Element)
      await settle(on.element)
    }

    const partner = { partner: 'Réseau wallon de lutte contre la pauvreté', state: 'TAKEN_OVER' }
    on.api.answers.FollowCallback = () => ({ callback: { ...done, status: 'CLOSED', escalation: partner, canAnswer: true } })
    await userEvent.click(actions().at(-1) as Element)
    await submit()
    await checked('a partner has it')
    await userEvent.click(actions()[0] as Element)
    await submit()
    await checked('whether it helped')
  })
})

test('nothing moves by itself, so there is nothing to reduce', async () => {
  await open()
  const moving = all(on.element, '*').filter((one) => {
    const { animationName, transitionDuration } = getComputedStyle(one)
    return animationName !== 'none' || Number.parseFloat(transitionDuration) > 0
  })
  expect(moving).toEqual([])
})

test('by keyboard alone: from the invitation to the reference', async () => {
  withSlots(on.api)
  await on.start('line="1718"')
  const press = async (keys: string) => {
    await userEvent.keyboard(keys)
    await settle(on.element)
  }
  const at = () => on.element.shadowRoot?.activeElement as HTMLInputElement
  await press('{Tab}{Tab}')
  expect(at().textContent).toBe('Demander un rappel')
  await press('{Enter}')
  expect(at().getAttribute('role')).toBe('heading')
  for (let stop = 0; at().id !== 'phone' && stop < 12; stop++) await press('{Tab}')
  await press('0470 12 34 56')
  await press('{Enter}')
  expect(at().className).toBe('summary')
  await press('{Tab}{Enter}')
  expect(at().id).toBe('day')
  await press('{Tab} ')
  expect([at().name, at().value, at().checked]).toEqual(['day', 'asap', true])
  for (let stop = 0; at().getAttribute('part') !== 'submit' && stop < 6; stop++) await press('{Tab}')
  await press('{Enter}')
  expect(inside(on.element, '.reference')?.textContent).toBe(receipt.reference)
  expect(at().textContent).toBe('C’est noté, nous vous rappelons')
})
