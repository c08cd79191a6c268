import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, button, inside, pretend, settle, shown, text, violations } from '../shared/testing/fixture.ts'
import { choices, makeSlot, receipt, slots, usePage, withSlots } from './testing/page.ts'

const on = usePage()
const { choose, click, open, request, start, submit, type } = on

const found = {
  ...receipt,
  line: { slug: '1718', name: '1718', language: 'FR', number: '1718' },
  expected: { label: 'aujourd’hui avant 13 h' },
  escalation: null as object | null,
  canAnswer: false,
  canCancel: true,
}
const status = () => text(on.element, '[role=status]')
const focused = () => on.element.shadowRoot?.activeElement
const answers = (callback: object | null = found) => {
  on.api.answers.FollowCallback = () => ({ callback })
}
/** Loads the step, which is a file of its own. */
const opened = () => expect.poll(() => shown(inside(on.element, '#follow-reference'))).toBe(true)
const follow = async () => {
  await start()
  await click('Suivre')
  await opened()
}
const lookUp = async () => {
  await follow()
  await type('#follow-reference', '7km-4qx-9tq')
  await type('#follow-phone', '0470 12 34 56')
  await submit()
}
const claim = { reference: '7km-4qx-9tq', phone: '0470123456' }

describe('looking a request up', () => {
  test('asks by POST, and says in words how it stands and when the call comes', async () => {
    answers()
    await lookUp()
    expect(on.api.of('FollowCallback')[0]).toMatchObject({ variables: claim, options: { personal: true } })
    expect(focused()?.textContent).toBe('Votre demande')
    const words = text(on.element, '.card')
    expect(words).toContain('7KM-4QX-9TQ')
    expect(words).toContain('Reçue : nous vous rappelons.')
    expect(words).toContain('1718 vous rappelle dès que possible, sans doute aujourd’hui avant 13 h.')
    expect(words).toContain('20 novembre 2026')
    expect(await violations(on.element)).toEqual([])
  })

  test('tells the slot that was chosen', async () => {
    answers({ ...found, slot: { dayLabel: 'mercredi 25 novembre', timesLabel: 'de 13 h à 17 h' }, expected: null })
    await lookUp()
    expect(text(on.element, '.card')).toContain('1718 vous rappelle : mercredi 25 novembre, de 13 h à 17 h.')
  })

  test.each([
    ['NEW', ['Changer le moment', 'Retirer ma demande', 'Effacer mes données', 'Retour']],
    ['CLAIMED', ['Retirer ma demande', 'Effacer mes données', 'Retour']],
    ['REACHED', ['Effacer mes données', 'Retour']],
    ['CLOSED', ['Effacer mes données', 'Retour']],
    ['CANCELLED', ['Effacer mes données', 'Retour']],
    ['ESCALATED', ['Retirer mon accord', 'Effacer mes données', 'Retour']],
  ])('%s: offers what can still be done', async (stands, buttons) => {
    answers({ ...found, status: stands, canCancel: /NEW|CLAIMED/.test(stands) })
    await lookUp()
    expect(
      all(on.element, 'button')
        .filter(shown)
        .map((one) => one.textContent),
    ).toEqual(['Quitter vite cette page', ...buttons])
    expect(text(on.element, '.card')?.includes('vous rappelle dès')).toBe(stands === 'NEW' || stands === 'CLAIMED')
  })

  test('what ended may have ended with another request of hers, which has its own reference', async () => {
    answers({ ...found, status: 'CLOSED' })
    await lookUp()
    expect(text(on.element, '.card')).toContain('Si vous avez fait une autre demande pour ce numéro, suivez-la avec sa référence.')
  })

  test.each(['REACHED', 'CLOSED', 'ESCALATED', 'UNREACHABLE', 'CANCELLED'])(
    '%s: nobody will call about it, so the number to call is there',
    async (stands) => {
      answers({ ...found, status: stands })
      await lookUp()
      expect(inside(on.element, '.card .number')?.getAttribute('href')).toBe('tel:1718')
      expect(await violations(on.element)).toEqual([])
    },
  )

  test.each([
    ['fr', '1er décembre 2026'],
    ['de', '1. Dezember 2026'],
    ['nl', '1 december 2026'],
    ['en', '1 December 2026'],
  ])('%s: the day it was asked on is the day here, as it is written here', async (language, day) => {
    // Half an hour after midnight in Brussels.
    answers({ ...found, requestedAt: '2026-11-30T23:30:00Z' })
    document.documentElement.lang = language
    await start('reference="7KM-4QX-9TQ"')
    await opened()
    await expect.poll(() => on.element.language).toBe(language)
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    expect(text(on.element, '.card .hint')?.endsWith(day)).toBe(true)
  })

  test('says the same whatever does not match, and keeps what was typed', async () => {
    answers(null)
    await follow()
    await submit()
    expect(all(on.element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#follow-reference', '#follow-phone'])
    expect(await violations(on.element)).toEqual([])
    await type('#follow-reference', 'x')
    await type('#follow-phone', '1')
    await submit()
    expect(status()).toBe('Aucune demande avec cette référence et ce numéro.')
    expect(inside(on.element, '#follow-reference')).toHaveProperty('value', 'x')
  })

  test.each([
    ['unreachable', undefined, 'Le service ne répond pas.'],
    ['limited', 'Réessayez dans 20 minutes.', 'Réessayez dans 20 minutes.'],
  ] as const)('%s: says so, and shows the numbers', async (kind, said, words) => {
    on.api.answers.FollowCallback = () => Promise.reject(new RequestFailed(kind, said))
    await lookUp()
    expect(status()).toBe(words)
    expect(shown(on.element.querySelector('p') ?? undefined)).toBe(true)
    expect(inside(on.element, '#follow-phone')).toHaveProperty('value', '0470 12 34 56')
  })

  test('is open from the start where the page names a reference, which asks nothing of the API', async () => {
    await start('reference="7KM-4QX-9TQ"')
    await opened()
    expect(inside(on.element, '#follow-reference')).toHaveProperty('value', '7KM-4QX-9TQ')
    expect(on.api.asked).toEqual([])
    expect(document.activeElement).toBe(document.body)
    // Whatever the request is about: that somebody follows one may be dangerous to be seen.
    expect(shown(button(on.element, 'Quitter'))).toBe(true)
    await click('Retour')
    expect(button(on.element, 'Quitter')).toBeUndefined()
    expect(shown(button(on.element, 'Demander'))).toBe(true)
  })

  test('after a request: the reference is filled in, and the way back leads to it', async () => {
    await open()
    await request()
    await click('Suivre')
    await opened()
    expect(inside(on.element, '#follow-reference')).toHaveProperty('value', receipt.reference)
    await click('Retour')
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })

  test('speaks the page’s language, also when it changes', async () => {
    on.api.answers.FollowCallback = (_, { options }) => ({
      callback: { ...found, expected: { label: `bald ${options.languages[0]}` } },
    })
    await lookUp()
    document.documentElement.lang = 'de'
    await expect.poll(() => text(on.element, '.card')).toContain('wohl bald de')
    expect(text(on.element, '[role=heading]')).toBe('Ihre Anfrage')
    expect(shown(button(on.element, 'Zeit ändern'))).toBe(true)
  })

  test('leaves nothing when the page is left, and a late answer does not show', async () => {
    let give = (_: unknown) => {}
    on.api.answers.FollowCallback = () => new Promise((resolve) => (give = resolve))
    await lookUp()
    dispatchEvent(new Event('pagehide'))
    give({ callback: found })
    await settle(on.element)
    expect(inside(on.element, '.card')).toBeUndefined()
    expect(on.element.phase).toBe('idle')
    await click('Suivre')
    await opened()
    expect(inside(on.element, '#follow-reference')).toHaveProperty('value', '')
  })

  test('an answer that comes when she has gone back does not show', async () => {
    let give = (_: unknown) => {}
    on.api.answers.FollowCallback = () => new Promise((resolve) => (give = resolve))
    await lookUp()
    const call = new CustomEvent('passerelle-call', { detail: {}, bubbles: true, composed: true, cancelable: true })
    expect(document.body.dispatchEvent(call)).toBe(true)
    on.element.show('start')
    give({ callback: found })
    await settle(on.element)
    expect([on.element.step, on.element.phase, status()]).toEqual(['start', 'idle', ''])
  })
})

describe('moving it', () => {
  const moving = async () => {
    answers({ ...found, slot: { dayLabel: 'mercredi 25 novembre', timesLabel: 'de 13 h à 17 h' } })
    withSlots(on.api)
    await lookUp()
    await click('Changer le moment')
  }
  const moved = { ...found, slot: { dayLabel: 'le 23 novembre', timesLabel: 'de 8 h 30 à 13 h' } }

  test('to another day: the same two questions, then what it is now', async () => {
    on.api.answers.MoveCallback = () => ({ rescheduleCallback: moved })
    await moving()
    expect(focused()?.textContent).toBe('Changer le moment')
    expect(on.api.of('CallbackTimes').map(({ variables }) => variables)).toEqual([{ line: '1718' }])
    await submit()
    expect(all(on.element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#follow-day'])
    await choose('[value="2026-11-23"]')
    await choose('[name=slot]')
    expect(await violations(on.element)).toEqual([])
    await submit()
    expect(on.api.of('MoveCallback')[0]).toMatchObject({ variables: { ...claim, slot: '1718@20261123Tam' }, options: { personal: true } })
    expect(status()).toBe('C’est fait.')
    expect(text(on.element, '.card')).toContain('le 23 novembre, de 8 h 30 à 13 h')
  })

  test('after the request: the way back does not lead to a confirmation that is no longer true', async () => {
    on.api.answers.MoveCallback = () => ({ rescheduleCallback: moved })
    answers()
    withSlots(on.api)
    await open()
    await choose('[value=asap]')
    await request()
    await click('Suivre')
    await opened()
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    await click('Changer le moment')
    await choose('[value="2026-11-23"]')
    await choose('[name=slot]')
    await submit()
    await click('Retour')
    await click('Retour')
    expect(on.element.step).toBe('start')
  })

  test('to as soon as possible', async () => {
    on.api.answers.MoveCallback = () => ({ rescheduleCallback: found })
    await moving()
    await choose('[value=asap]')
    await submit()
    expect(on.api.of('MoveCallback')[0]?.variables).toEqual({ ...claim, slot: null })
    expect(text(on.element, '.card')).toContain('dès que possible')
  })

  test('to a slot that somebody else just took: the others are offered', async () => {
    on.api.answers.MoveCallback = () => ({
      rescheduleCallback: { __typename: 'SlotTaken', message: 'Ce moment vient d’être pris.', slots: [makeSlot(24, 'pm')] },
    })
    await moving()
    await choose('[value="2026-11-23"]')
    await choose('[name=slot]')
    await submit()
    expect(text(on.element, '.summary a')).toBe('Ce moment vient d’être pris.')
    expect(focused()?.className).toBe('summary')
    expect(all(on.element, '[name=day]').map((radio) => (radio as HTMLInputElement).value)).toEqual(['asap', '2026-11-24'])
    expect(all(on.element, 'input:checked')).toEqual([])
  })

  test('is no use when somebody is calling already: that is said, and it is shown as it stands', async () => {
    on.api.answers.MoveCallback = () => {
      answers({ ...found, status: 'CLAIMED' })
      return { rescheduleCallback: { __typename: 'Conflict', message: 'Quelqu’un est en train de vous appeler.' } }
    }
    await moving()
    await choose('[value=asap]')
    await submit()
    expect(status()).toBe('Quelqu’un est en train de vous appeler.')
    expect(text(on.element, '.card')).toContain('Quelqu’un va vous appeler.')
    expect(button(on.element, 'Changer le moment')).toBeUndefined()
  })

  test('one may leave it as it is', async () => {
    await moving()
    await click('Ne rien changer')
    expect(on.api.of('MoveCallback')).toEqual([])
    expect(text(on.element, '.card')).toContain('mercredi 25 novembre')
  })

  test('there is nothing to move to: that is said', async () => {
    answers()
    withSlots(on.api, slots.slice(4))
    await lookUp()
    await click('Changer le moment')
    expect(text(on.element, 'form')).toContain('Aucun autre moment')
    expect(all(on.element, '[part=submit]').filter(shown)).toEqual([])
  })
})

describe.each([
  ['withdrawing it', 'Retirer ma demande', 'CancelCallback', 'cancelCallback', 'Oui, retirer'],
  ['erasing it', 'Effacer mes données', 'EraseCallback', 'eraseCallback', 'Oui, effacer'],
])('%s', (_, label, operation, field, yes) => {
  const asked = async () => {
    answers()
    await lookUp()
    await click(label)
  }

  test('is asked once more, in the page; one may leave it', async () => {
    await asked()
    expect(focused()?.textContent).toBe(label)
    expect(text(on.element, '.root')).toMatch(/Retirer votre demande \?|Effacer vos données \?/)
    expect(await violations(on.element)).toEqual([])
    await click('Ne rien changer')
    expect(on.api.of(operation)).toEqual([])
    expect(shown(button(on.element, label))).toBe(true)
  })

  test.each(['NotFound', 'TooManyRequests', 'Conflict'])('%s is said', async (kind) => {
    on.api.answers[operation] = () => ({ [field]: { __typename: kind, message: 'Les mots du serveur.' } })
    await asked()
    await click(yes)
    expect(status()).toBe(kind === 'NotFound' ? 'Aucune demande avec cette référence et ce numéro.' : 'Les mots du serveur.')
    expect(shown(inside(on.element, '#follow-reference'))).toBe(kind === 'NotFound')
    expect(on.element.matches(':state(error)')).toBe(kind === 'TooManyRequests')
  })

  test('a network that fails leaves the question', async () => {
    on.api.answers[operation] = () => Promise.reject(new RequestFailed('unreachable'))
    await asked()
    await click(yes)
    expect(status()).toBe('Le service ne répond pas.')
    expect(shown(button(on.element, yes))).toBe(true)
  })
})

test('withdrawn: that is how it stands then', async () => {
  answers()
  on.api.answers.CancelCallback = () => ({ cancelCallback: { ...found, status: 'CANCELLED', expected: null } })
  await lookUp()
  await click('Retirer ma demande')
  await click('Oui, retirer')
  expect(on.api.of('CancelCallback')[0]).toMatchObject({ variables: claim, options: { personal: true } })
  expect(status()).toBe('C’est fait.')
  expect(text(on.element, '.card')).toContain('Cette demande est retirée. Si vous en avez fait une autre pour ce numéro, elle reste.')
  expect(button(on.element, 'Changer le moment')).toBeUndefined()
})

test('erased: nothing of it is left on the page, not even the reference', async () => {
  await open()
  await request()
  answers()
  on.api.answers.EraseCallback = () => ({ eraseCallback: { __typename: 'CallbackErased' } })
  await click('Suivre')
  await opened()
  await type('#follow-phone', '0470 12 34 56')
  await submit()
  await click('Effacer mes données')
  await click('Oui, effacer')
  expect(status()).toBe('Vos données sont effacées. Si vous avez fait une autre demande pour ce numéro, elle reste.')
  expect(inside(on.element, '#follow-reference')).toHaveProperty('value', '')
  expect(inside(on.element, '#follow-phone')).toHaveProperty('value', '')
  await click('Retour')
  expect(on.element.step).toBe('start')
})

describe('looks', () => {
  test.each(['fr', 'de', 'nl', 'en'])('%s: every state without a violation, at 320 px without overflow', async (language) => {
    document.documentElement.lang = language
    await page.viewport(320, 800)
    answers()
    withSlots(on.api)
    await start('reference="7KM-4QX-9TQ"')
    await opened()
    await expect.poll(() => on.element.language).toBe(language)
    const checked = async () => {
      await settle(on.element)
      expect(await violations(on.element)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    }
    await checked()
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    await checked()
    const buttons = () => all(on.element, '.actions button').filter(shown)
    for (const index of [0, 1, 2]) {
      await userEvent.click(buttons()[index] as Element)
      await checked()
      await userEvent.click(buttons().at(-1) as Element)
      await settle(on.element)
    }
  })

  test.each(['dark', 'forced colours'])('%s: no violation', async (look) => {
    if (look !== 'dark') await pretend({ 'forced-colors': 'active' })
    answers()
    withSlots(on.api)
    await start(look === 'dark' ? 'theme="dark"' : '')
    await click('Suivre')
    await opened()
    await type('#follow-reference', 'x')
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    await click('Changer')
    await submit()
    expect(await violations(on.element)).toEqual([])
  })

  test('what was found is on paper', async () => {
    answers()
    await lookUp()
    await pretend({}, 'print')
    expect(shown(inside(on.element, '.reference'))).toBe(true)
    expect(all(on.element, 'button').filter(shown)).toEqual([])
  })
})

test('the step is not there when the request is: what stands in one does not show in the other', async () => {
  on.api.answers.CallbackChoices = () => choices
  await open()
  await click('Retour')
  await click('Suivre')
  await opened()
  await submit()
  expect(all(on.element, '.summary').length).toBe(1)
})

describe('a partner has it', () => {
  const partner = 'Réseau wallon de lutte contre la pauvreté'
  const handed = (state: string, more: object = {}) => ({ ...found, status: 'ESCALATED', escalation: { partner, state }, ...more })

  test.each([
    ['HANDED_OVER', `Confiée à ${partner}, qui doit encore répondre.`],
    ['TAKEN_OVER', `${partner} s’occupe de votre demande et va vous contacter.`],
    ['UNDER_WAY', `${partner} s’occupe de votre demande.`],
    ['DONE', `${partner} a fini de s’occuper de votre demande.`],
    ['LOOKING_AGAIN', 'Nous cherchons une autre solution, et nous vous rappelons.'],
  ])('%s: who, and how far it is, in plain words', async (state, words) => {
    answers(handed(state))
    await lookUp()
    expect(text(on.element, '.card .name')).toBe(words)
    expect(await violations(on.element)).toEqual([])
  })

  test('the agreement is withdrawn once she has said that she means it', async () => {
    answers(handed('TAKEN_OVER'))
    await lookUp()
    await click('Retirer mon accord')
    expect(text(on.element, '.root')).toContain(`${partner} ne s’occupe plus de votre demande, et doit effacer ce qui a été transmis.`)
    expect(on.api.of('WithdrawAgreement')).toEqual([])
    await click('Ne rien changer')
    await click('Retirer mon accord')
    on.api.answers.WithdrawAgreement = () => ({ withdrawAgreement: { ...found, status: 'REACHED' } })
    expect(text(on.element, '.root'), 'who calls then').toContain('Nous vous rappelons ensuite, sauf si')
    await click('Oui, retirer mon accord')
    expect(on.api.of('WithdrawAgreement')[0]).toMatchObject({ variables: claim, options: { personal: true } })
    expect(status()).toBe('Votre accord est retiré. Le partenaire est prévenu et doit effacer vos données.')
    const top = (selector: string) => inside(on.element, selector)?.getBoundingClientRect().top ?? 0
    expect(top('[role=status]'), 'above what it is about, where the focus is').toBeLessThan(top('.card'))
    expect(text(on.element, '.card .name')).toBe('Nous vous rappelons, sauf si vous retirez votre demande.')
    expect(button(on.element, 'Retirer ma demande'), 'the call can be refused').toBeDefined()
  })

  test('it can be withdrawn once the partner is done, too: then nobody calls', async () => {
    answers({ ...handed('DONE'), status: 'CLOSED' })
    await lookUp()
    await click('Retirer mon accord')
    expect(text(on.element, '.root')).not.toContain('Nous vous rappelons')
    on.api.answers.WithdrawAgreement = () => ({ withdrawAgreement: { ...found, status: 'CLOSED' } })
    await click('Oui, retirer mon accord')
    expect(status()).toBe('Votre accord est retiré. Le partenaire est prévenu et doit effacer vos données.')
  })

  test('it is over by now: told, and what is shown is read again', async () => {
    answers(handed('UNDER_WAY'))
    await lookUp()
    await click('Retirer mon accord')
    answers({ ...handed('DONE'), status: 'CLOSED' })
    on.api.answers.WithdrawAgreement = () => ({ withdrawAgreement: { __typename: 'Conflict', message: 'Ce dossier est clos.' } })
    await click('Oui, retirer mon accord')
    expect(status()).toBe('Ce dossier est clos.')
    expect(text(on.element, '.card .name')).toBe(`${partner} a fini de s’occuper de votre demande.`)
  })
})

describe('afterwards', () => {
  const over = { ...found, status: 'CLOSED', escalation: { partner: 'RWLP', state: 'DONE' }, canAnswer: true }
  const asked = async () => {
    answers(over)
    await lookUp()
    await click('Dire si cela m’a aidé')
  }

  test('is asked whether it came, whether it helped, and whether help is still needed: nothing is chosen beforehand', async () => {
    await asked()
    expect(
      all(on.element, 'legend')
        .filter(shown)
        .map((one) => one.textContent?.replace(/\s+/g, ' ')),
    ).toEqual(['Quelqu’un vous a-t-il contacté ?', 'Cela vous a-t-il aidé ? (facultatif)', 'Avez-vous encore besoin d’aide ?'])
    expect(all(on.element, '[name=contacted], [name=useful], [name=still]').filter((one) => (one as HTMLInputElement).checked)).toEqual([])
    await submit()
    expect(all(on.element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#follow-contacted', '#follow-still'])
    expect(await violations(on.element)).toEqual([])
    expect(on.api.of('ConfirmOutcome')).toEqual([])
  })

  test.each([
    ['yes', { contacted: true, useful: true, stillNeeded: true }, 'C’est noté : nous vous rappelons.'],
    ['no', { contacted: true, useful: true, stillNeeded: false }, 'Merci. C’est noté.'],
  ])('still needed: %s', async (still, input, words) => {
    await asked()
    const stands = still === 'yes' ? 'REACHED' : 'CLOSED'
    on.api.answers.ConfirmOutcome = () => ({ confirmOutcome: { ...over, status: stands, canAnswer: false } })
    await choose('[name=contacted][value=yes]')
    await choose('[name=useful][value=yes]')
    await choose(`[name=still][value=${still}]`)
    await submit()
    expect(on.api.of('ConfirmOutcome')[0]).toMatchObject({ variables: { ...claim, input }, options: { personal: true } })
    expect(status()).toBe(words)
    expect(button(on.element, 'Dire si cela')).toBeUndefined()
  })

  test('what need not be said is not sent', async () => {
    await asked()
    on.api.answers.ConfirmOutcome = () => ({ confirmOutcome: { ...over, canAnswer: false } })
    await choose('[name=contacted][value=no]')
    await choose('[name=still][value=no]')
    await submit()
    expect(on.api.of('ConfirmOutcome')[0]?.variables.input).toEqual({ contacted: false, useful: null, stillNeeded: false })
  })

  test('the network fails: her answers stay', async () => {
    await asked()
    on.api.answers.ConfirmOutcome = () => Promise.reject(new RequestFailed('unreachable'))
    await choose('[name=contacted][value=yes]')
    await choose('[name=still][value=yes]')
    await submit()
    expect(status()).toBe('Le service ne répond pas.')
    expect((inside(on.element, '#follow-contacted') as HTMLInputElement).checked).toBe(true)
  })
})
