import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, inside, settle, shown, text, violations } from '../shared/testing/fixture.ts'
import { choices, makeSlot, plain, receipt, slots, usePage, withSlots } from './testing/page.ts'

const on = usePage()
const { choose, click, open, request, sent, submit, type } = on

const labels = (name: string) =>
  all(on.element, `[name=${name}]`).map((radio) => radio.closest('label')?.textContent?.replace(/\s+/g, ' ').trim())
const checked = () => all(on.element, 'form:not([hidden]) input:checked').map((radio) => (radio as HTMLInputElement).value)
const links = () => all(on.element, '.summary a').map((link) => link.getAttribute('href'))
const focused = () => on.element.shadowRoot?.activeElement

describe('when to call', () => {
  test('is asked: first the day, of those with a place left, then the part of it; nothing is preselected', async () => {
    withSlots(on.api)
    await open()
    expect(labels('day')).toEqual([
      expect.stringMatching(/^Dès que possible ?sans doute aujourd’hui avant 13 h$/),
      'le 23 novembre',
      'le 24 novembre',
    ])
    expect(checked()).toEqual([])
    expect(labels('slot')).toEqual([])
    await choose('[value="2026-11-24"]')
    expect(labels('slot')).toEqual(['de 13 h à 17 h'])
    expect(checked()).toEqual(['2026-11-24'])
    await choose('[name=slot]')
    expect(text(on.element, 'form')).toContain('1718 vous rappelle : le 24 novembre, de 13 h à 17 h.')
    await request()
    expect(sent()[0]).toMatchObject({ slot: '1718@20261124Tpm' })
    expect(sent()[0]).not.toHaveProperty('day')
  })

  test('as soon as possible needs no more', async () => {
    withSlots(on.api)
    await open()
    await choose('[value=asap]')
    expect(text(on.element, 'form')).toContain('1718 vous rappelle dès que possible, sans doute aujourd’hui avant 13 h.')
    await request()
    expect(sent()[0]?.slot).toBeUndefined()
    expect(shown(inside(on.element, '.reference'))).toBe(true)
  })

  test('not chosen is something to correct, and so is the part of the day', async () => {
    withSlots(on.api)
    await open()
    await submit()
    expect(links()).toEqual(['#phone', '#day'])
    await type('#phone', '0470 12 34 56')
    await choose('[value="2026-11-23"]')
    await submit()
    expect(links()).toEqual(['#slot'])
    expect(text(on.element, '#slot-error')).toContain('À quel moment de la journée ?')
    expect(await violations(on.element)).toEqual([])
    await userEvent.click(inside(on.element, '.summary a') as Element)
    expect(focused()?.id).toBe('slot')
    expect(sent()).toEqual([])
  })

  test('another day empties the part, whatever stood in its place', async () => {
    withSlots(on.api)
    await open()
    await choose('[value="2026-11-24"]')
    await choose('[name=slot]')
    await choose('[value="2026-11-23"]')
    expect(checked()).toEqual(['2026-11-23'])
    await choose('[value="2026-11-24"]')
    expect(checked()).toEqual(['2026-11-24'])
  })

  test('is chosen with the keyboard alone', async () => {
    withSlots(on.api)
    await open()
    await type('#phone', '0470 12 34 56')
    inside(on.element, '[name=postalCode]')?.focus()
    await userEvent.keyboard('{Tab}{ArrowDown}')
    await settle(on.element)
    expect(checked()).toEqual(['2026-11-23'])
    await userEvent.keyboard('{Tab}{ArrowDown}')
    await settle(on.element)
    expect(checked()).toEqual(['2026-11-23', '1718@20261123Tpm'])
    expect(await violations(on.element)).toEqual([])
  })

  test('is not asked where there is nothing to choose', async () => {
    withSlots(on.api, [])
    await open()
    expect(labels('day')).toEqual([])
    expect(text(on.element, 'form')).toContain('1718 vous rappelle dès que possible, sans doute aujourd’hui avant 13 h.')
    await request()
    expect(sent().length).toBe(1)
  })

  test('cannot be read: the form works without', async () => {
    on.api.answers.CallbackTimes = () => Promise.reject(new RequestFailed('unreachable'))
    await open()
    expect(on.element.phase).toBe('idle')
    await request()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })

  test('is read once, by POST, at the same time as the rest when the page names the line', async () => {
    withSlots(on.api)
    let give = () => {}
    on.api.answers.CallbackChoices = async () => {
      await new Promise<void>((resolve) => (give = resolve))
      return choices
    }
    await open()
    expect(on.api.asked.map(({ operation }) => operation)).toEqual(['CallbackTimes', 'CallbackChoices'])
    expect(on.api.of('CallbackTimes')[0]?.options).toMatchObject({ personal: true })
    give()
    await settle(on.element)
    expect(labels('day').length).toBe(3)
    expect(on.api.of('CallbackTimes').length).toBe(1)
  })

  test('belongs to the line: it is read when one is chosen, and a late answer for another one does not show', async () => {
    const give = new Map<string, () => void>()
    on.api.answers.CallbackTimes = async ({ line }) => {
      await new Promise<void>((resolve) => give.set(String(line), resolve))
      return { callbackSlots: [{ ...makeSlot(23, 'am'), dayLabel: `jour de ${line}` }], callbackEstimate: null }
    }
    await open('')
    expect(on.api.of('CallbackTimes')).toEqual([])
    await choose('[value=liege-solidaire]')
    await choose('[value="1718"]')
    give.get('1718')?.()
    await settle(on.element)
    give.get('liege-solidaire')?.()
    await settle(on.element)
    expect(labels('day')[1]).toBe('jour de 1718')
    await choose('[value="2026-11-23"]')
    await choose('[value=liege-solidaire]')
    give.get('liege-solidaire')?.()
    await settle(on.element)
    expect(labels('day')[1]).toBe('jour de liege-solidaire')
    expect(checked()).toEqual(['liege-solidaire'])
  })

  test('follows the page’s language, and what was chosen stays', async () => {
    on.api.answers.CallbackTimes = (_, { options }) => ({
      callbackSlots: slots.map((slot) => ({ ...slot, dayLabel: `${slot.dayLabel} ${options.languages[0]}` })),
      callbackEstimate: null,
    })
    await open()
    await choose('[value="2026-11-23"]')
    await choose('[name=slot]')
    document.documentElement.lang = 'de'
    await expect.poll(() => labels('day')[1]).toBe('le 23 novembre de')
    expect(checked()).toEqual(['2026-11-23', '1718@20261123Tam'])
  })

  test('of 320 pixels and in four languages without a violation', async () => {
    await page.viewport(320, 800)
    for (const language of ['fr', 'de', 'nl', 'en']) {
      document.documentElement.lang = language
      withSlots(on.api)
      await on.start('line="1718"')
      await expect.poll(() => on.element.language).toBe(language)
      await click(on.element.t.start)
      await choose('[value="2026-11-23"]')
      expect(await violations(on.element)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
      document.body.replaceChildren()
    }
  })
})

describe('a slot that is lost', () => {
  const lose = (answer: unknown) => {
    let lost = false
    const first = on.api.answers.RequestCallback
    on.api.answers.RequestCallback = (...asked) => {
      if (lost) return first?.(...asked)
      lost = true
      return { requestCallback: answer }
    }
  }
  const taken = { __typename: 'SlotTaken', message: 'Ce moment vient d’être pris.', slots: [makeSlot(24, 'pm')] }
  const chosen = async () => {
    withSlots(on.api)
    await open()
    await type('#message', 'Bonjour')
    await choose('[value="2026-11-23"]')
    await choose('[name=slot]')
  }

  test('leaves what was typed, and offers what is left of the day', async () => {
    lose(taken)
    await chosen()
    withSlots(on.api, slots.slice(1))
    await request()
    expect(on.api.of('CallbackTimes').length).toBe(2)
    expect(focused()?.className).toBe('summary')
    expect(links()).toEqual(['#slot'])
    expect(text(on.element, '.summary a')).toBe('Ce moment vient d’être pris.')
    expect(text(on.element, '#slot-error')).toBe('Ce moment vient d’être pris.')
    expect(labels('slot')).toEqual(['de 13 h à 17 h'])
    expect(checked()).toEqual(['2026-11-23'])
    expect(inside(on.element, '#message')).toHaveProperty('value', 'Bonjour')
    expect(await violations(on.element)).toEqual([])
    await choose('[name=slot]')
    await submit()
    expect(sent().map(({ slot }) => slot)).toEqual(['1718@20261123Tam', '1718@20261123Tpm'])
    expect(sent()[1]?.idempotencyKey).not.toBe(sent()[0]?.idempotencyKey)
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })

  test('was the last of its day: another day is asked for', async () => {
    lose(taken)
    await chosen()
    withSlots(on.api, slots.slice(2))
    await request()
    expect(links()).toEqual(['#day'])
    expect(checked()).toEqual([])
    expect(labels('day')).toEqual([expect.stringMatching(/^Dès que possible ?sans doute aujourd’hui avant 13 h$/), 'le 24 novembre'])
  })

  test('with the others that the server names, when they cannot be read', async () => {
    lose(taken)
    await chosen()
    on.api.answers.CallbackTimes = () => Promise.reject(new RequestFailed('unreachable'))
    await request()
    expect(links()).toEqual(['#day'])
    await choose('[value="2026-11-24"]')
    await choose('[name=slot]')
    await submit()
    expect(sent()[1]).toMatchObject({ slot: '1718@20261124Tpm' })
  })

  test('is offered no more: the same', async () => {
    lose({
      __typename: 'InvalidInput',
      message: '',
      problems: [{ path: ['input', 'slot'], message: 'Ce moment n’est plus proposé.' }],
    })
    await chosen()
    withSlots(on.api, slots.slice(1))
    await request()
    expect(text(on.element, '#slot-error')).toBe('Ce moment n’est plus proposé.')
    expect(links()).toEqual(['#slot'])
  })

  test('was the last one of all: it is said, and as soon as possible is left', async () => {
    lose({ ...taken, slots: [] })
    await chosen()
    withSlots(on.api, [])
    await request()
    expect(text(on.element, '.summary li')).toBe('Ce moment vient d’être pris.')
    expect(labels('day')).toEqual([])
    await submit()
    expect(sent()[1]?.slot).toBeUndefined()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })
})

describe('the confirmation', () => {
  const confirm = async (answer: Partial<typeof receipt>) => {
    on.api.answers.RequestCallback = () => ({ requestCallback: { ...receipt, ...answer } })
    await open()
    await request()
    return plain(inside(on.element, '.root')?.innerText)
  }

  test('says when to expect the call: the slot', async () => {
    const words = await confirm({ slot: { dayLabel: 'mercredi 25 novembre', timesLabel: 'de 13 h à 17 h' } })
    expect(words).toContain('Liège Solidaire vous rappelle : mercredi 25 novembre, de 13 h à 17 h.')
    expect(await violations(on.element)).toEqual([])
  })

  test('or the estimate', async () => {
    expect(await confirm({ expected: { label: 'aujourd’hui avant 18 h' } })).toContain(
      'dès que possible, sans doute aujourd’hui avant 18 h.',
    )
  })

  test('or, where nothing honest can be said, the opening hours; and that this is no application', async () => {
    const words = await confirm({})
    expect(words).toContain('pendant les heures d’ouverture')
    expect(words).toContain('pas une demande d’aide officielle')
    expect(words).not.toContain('numéro national')
  })

  test('tells of a number that was taken out', async () => {
    expect(await confirm({ masked: true })).toContain('Nous avons retiré de votre texte un numéro national')
  })
})
