import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, button, fakeApi, inside, place, pretend, settle, shown, text, violations } from '../shared/testing/fixture.ts'
import type { PasserelleCallback } from './callback.ts'
import './define.ts'

const line = (slug: string, name: string, acceptsCallbacks = true) => ({
  slug,
  name,
  language: 'FR',
  acceptsCallbacks,
  languages: ['FR', 'DE', 'NL', 'EN'],
  organization: { name: 'Province de Liège' },
  openingStatus: { label: 'Ouvert jusqu’à 18 h' },
})
const emergency = { name: 'Écoute', number: '0800 00 001', language: 'FR', openingStatus: { label: 'Jour et nuit' } }
const need = (code: string, label: string, urgency: string, quickExit = false) => ({
  code,
  label,
  language: 'FR',
  urgency,
  quickExit,
  emergencyLines: urgency === 'SOON' ? [] : [emergency],
})
const choices = {
  lines: [line('liege-solidaire', 'Liège Solidaire'), line('1718', '1718'), line('107', 'Télé-Accueil', false)],
  noticeChannels: [] as string[],
  needs: [need('food', 'Manger', 'SOON'), need('violence', 'Violences', 'DANGER', true), need('despair', 'Détresse', 'CRISIS')],
}
const receipt = {
  __typename: 'CallbackReceipt',
  reference: 'LS-7K3M-9QXA',
  status: 'NEW',
  requestedAt: '2026-11-20T09:00:00Z',
  masked: false,
  line: { slug: 'liege-solidaire', name: 'Liège Solidaire', language: 'FR' },
  slot: null,
  expected: null,
}

const makeApi = () => fakeApi({ CallbackChoices: () => choices, RequestCallback: () => ({ requestCallback: receipt }) })

let api: ReturnType<typeof makeApi>
let element: PasserelleCallback

const fallback = () => element.querySelector('p') ?? undefined
const plain = (words: string) => words.replace(/\s+/g, ' ')

const start = async (attributes = '') => {
  element = await place<never>('passerelle-callback', api.send, attributes)
  return element
}
const click = async (label: string) => {
  const target = button(element, label)
  if (!target) throw new Error(`no button "${label}"`)
  await userEvent.click(target)
  await settle(element)
}
const type = (selector: string, words: string) => userEvent.type(inside(element, selector) as HTMLElement, words)
const open = async (attributes = 'line="1718"') => {
  await start(attributes)
  await click('Demander')
}
const submit = async () => {
  await userEvent.click(all(element, '[part=submit]').find(shown) as HTMLElement)
  await settle(element)
}
const request = async () => {
  await type('#phone', '0470 12 34 56')
  await submit()
}

beforeEach(() => {
  document.documentElement.lang = 'fr'
  api = makeApi()
})
afterEach(async () => {
  document.body.replaceChildren()
  await pretend()
  await page.viewport(1280, 900)
})

describe('before anything is asked', () => {
  test('nothing is sent, focused or stored, and the status is there, empty', async () => {
    await start()
    expect(api.asked).toEqual([])
    expect(document.activeElement).toBe(document.body)
    expect(text(element, '[role=status]')).toBe('')
    expect(shown(fallback())).toBe(false)
    expect(element.matches(':state(idle)')).toBe(true)
  })

  test('112 is named, and no other number', async () => {
    await start()
    expect(all(element, 'a[href^="tel:"]').map((link) => link.textContent)).toEqual(['112'])
  })

  test('the numbers in the tag are on paper', async () => {
    await start()
    await pretend({}, 'print')
    expect(shown(fallback())).toBe(true)
    expect(shown(inside(element, 'button'))).toBe(false)
  })
})

describe('the request', () => {
  test('is sent with what was typed, and confirmed with its reference', async () => {
    const events: string[] = []
    for (const name of ['start', 'submit', 'success'])
      document.addEventListener(`passerelle-${name}`, () => events.push(name), { once: true })
    await open('service="aide-alimentaire"')
    expect(all(element, '[name=line]').length).toBe(2)
    expect(all(element, ':checked').filter((one) => one.matches('input'))).toEqual([])
    await userEvent.selectOptions(inside(element, '#need') as HTMLElement, 'food')
    await userEvent.click(inside(element, '[value="1718"]') as HTMLElement)
    await userEvent.click(inside(element, '[name=voicemail]') as HTMLElement)
    await type('#name', 'Ada')
    await type('#postalCode', '4000')
    await request()
    expect(api.of('RequestCallback')[0]?.variables.input).toEqual({
      idempotencyKey: expect.stringMatching(/^\d+-\d+-\d+-\d+$/),
      line: '1718',
      need: 'food',
      service: 'aide-alimentaire',
      faqEntry: undefined,
      phone: '0470123456',
      name: 'Ada',
      postalCode: '4000',
      language: 'FR',
      safeContact: { voicemail: true, sms: undefined, sayWhoCalls: false, note: undefined },
      noticeVersion: '2026-11-22',
    })
    expect(text(element, '.reference')).toBe('LS-7K3M-9QXA')
    expect(element.shadowRoot?.activeElement?.textContent).toContain('C’est noté')
    expect(element.matches(':state(done)')).toBe(true)
    expect(events).toEqual(['start', 'submit', 'success'])
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('')
  })

  test('the safe ways to be reached are asked before the number', async () => {
    await open()
    const ids = all(element, 'form [id]').map((one) => one.id)
    expect(ids.indexOf('safe')).toBeLessThan(ids.indexOf('phone'))
  })

  test('what is missing is listed; the list takes the focus, and its links bring it to the fields', async () => {
    await open('')
    const asked = performance.now()
    await submit()
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(element.shadowRoot?.activeElement?.className).toBe('summary')
    expect(all(element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#line', '#phone'])
    expect(all(element, '[part=error]').length).toBe(2)
    expect(inside(element, '#phone')?.getAttribute('aria-invalid')).toBe('true')
    expect(inside(element, '#phone')?.getAttribute('aria-describedby')).toBe('phone-hint phone-error')
    await userEvent.click(inside(element, '.summary a[href="#phone"]') as HTMLElement)
    expect(element.shadowRoot?.activeElement?.id).toBe('phone')
    await userEvent.click(inside(element, '.summary a[href="#line"]') as HTMLElement)
    expect(element.shadowRoot?.activeElement?.id).toBe('line')
    expect(api.of('RequestCallback')).toEqual([])
    expect(await violations(element)).toEqual([])
  })

  test('the server’s problems join the same list, in the order of the page, and what was typed stays', async () => {
    const problems = [
      { path: ['input', 'postalCode'], message: 'Ce code postal n’existe pas.' },
      { path: ['input', 'phone'], message: 'Ce numéro est incomplet.' },
      { path: ['input', 'line'], message: 'Cette ligne n’existe plus.' },
    ]
    api.answers.RequestCallback = () => ({ requestCallback: { __typename: 'InvalidInput', message: '', problems } })
    await open('')
    await userEvent.click(inside(element, '[value="1718"]') as HTMLElement)
    await type('#postalCode', '9999')
    await request()
    expect(all(element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#line', '#phone', '#postalCode'])
    expect(text(element, '#phone-error')).toBe('Ce numéro est incomplet.')
    expect((inside(element, '#postalCode') as HTMLInputElement).value).toBe('9999')
  })

  test('a double click sends once', async () => {
    let answer = (_: unknown): void => {}
    api.answers.RequestCallback = () => new Promise((resolve) => (answer = resolve))
    await open()
    await type('#phone', '0470123456')
    await userEvent.dblClick(inside(element, '[part=submit]') as HTMLElement)
    await settle(element)
    expect(api.of('RequestCallback').length).toBe(1)
    expect(inside(element, '[part=submit]')?.getAttribute('aria-disabled')).toBe('true')
    expect(element.matches(':state(sending)')).toBe(true)
    expect(await violations(element)).toEqual([])
    answer({ requestCallback: receipt })
    await settle(element)
    expect(element.matches(':state(done)')).toBe(true)
  })

  test('a retry repeats the key; an edit makes a new one', async () => {
    api.answers.RequestCallback = () => Promise.reject(new RequestFailed('unreachable'))
    await open()
    await request()
    await submit()
    await type('#name', 'Ada')
    await submit()
    const keys = api.of('RequestCallback').map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey)
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('0470 12 34 56')
  })

  test.each(['unreachable', 'offline', 'limited', 'rejected', 'failed'] as const)(
    'says when it is %s, and shows the numbers',
    async (kind) => {
      const heard = vi.fn()
      api.answers.RequestCallback = () => Promise.reject(new RequestFailed(kind))
      await open()
      element.addEventListener('passerelle-error', (event) => heard((event as CustomEvent).detail))
      await request()
      expect(text(element, '[role=status]')).toContain(plain(element.t[kind]))
      expect(shown(fallback())).toBe(true)
      expect(element.matches(kind === 'offline' ? ':state(offline)' : ':state(error)')).toBe(true)
      expect(heard).toHaveBeenCalledWith({ kind, retryable: kind !== 'rejected' })
      expect(await violations(element)).toEqual([])
    },
  )

  test('the numbers stand where the words of the box do', async () => {
    await start('need="violence"')
    const left = (one?: Element) => one?.getBoundingClientRect().left
    expect(left(fallback())).toBe(left(inside(element, '.root .stack')))
  })

  test('a page can stop it', async () => {
    await open()
    element.addEventListener('passerelle-submit', (event) => event.preventDefault(), { once: true })
    await request()
    expect(api.of('RequestCallback')).toEqual([])
  })

  test('when the choices cannot be read, one can try again', async () => {
    api.answers.CallbackChoices = () => Promise.reject(new RequestFailed('unreachable'))
    await open()
    expect(shown(fallback())).toBe(true)
    api.answers.CallbackChoices = () => choices
    await click('Réessayer')
    expect(shown(inside(element, '#phone'))).toBe(true)
  })

  test('when no line calls back, the numbers are shown', async () => {
    api.answers.CallbackChoices = () => ({ ...choices, lines: [line('107', 'Télé-Accueil', false)] })
    await open()
    expect(element.matches(':state(empty)')).toBe(true)
    expect(shown(inside(element, '#phone'))).toBe(false)
    expect(shown(fallback())).toBe(true)
    expect(await violations(element)).toEqual([])
  })

  test('leaves nothing in the browser', async () => {
    await open()
    await request()
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, ''])
    expect(element.shadowRoot?.querySelectorAll('[style]').length).toBe(0)
  })

  test('nothing typed comes back with the back button', async () => {
    await open()
    await type('#phone', '0470123456')
    dispatchEvent(new Event('pagehide'))
    await settle(element)
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('')
    expect(shown(inside(element, '#phone'))).toBe(false)
  })
})

describe('an answer that comes late', () => {
  test('does not show a reference after the page was left', async () => {
    let give = (_: unknown) => {}
    const receipt = api.answers.RequestCallback
    api.answers.RequestCallback = (...asked) => new Promise((resolve) => (give = () => resolve(receipt?.(...asked))))
    await open()
    await type('#phone', '0470 12 34 56')
    await userEvent.click(all(element, '[part=submit]').find(shown) as Element)
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    give(undefined)
    await settle(element)
    expect(element.step).toBe('start')
    expect(element.phase).toBe('idle')
    expect(inside(element, '.reference')).toBeUndefined()
  })

  test('in the language of before is asked for again', async () => {
    const slow: (() => void)[] = []
    const choices = api.answers.CallbackChoices
    api.answers.CallbackChoices = async (variables, asked) => {
      await new Promise<void>((resolve) => slow.push(resolve))
      const answer = (await choices?.(variables, asked)) as { needs: { label: string }[] }
      return { ...answer, needs: answer.needs.map((need) => ({ ...need, label: `${need.label} ${asked.options.languages[0]}` })) }
    }
    await start('line="1718"')
    await userEvent.click(button(element, 'Demander') as Element)
    document.documentElement.lang = 'de'
    await vi.waitFor(() => expect(element.language).toBe('de'))
    while (slow.length) {
      slow.shift()?.()
      await settle(element)
    }
    expect(text(element, '#need option:nth-child(2)')).toMatch(/ de$/)
  })

  test('does not pull back a person who went elsewhere', async () => {
    let give = () => {}
    const choices = api.answers.CallbackChoices
    api.answers.CallbackChoices = async (...asked) => {
      await new Promise<void>((resolve) => (give = resolve))
      return choices?.(...asked)
    }
    await start('line="1718"')
    const elsewhere = document.body.appendChild(document.createElement('button'))
    await userEvent.click(button(element, 'Demander') as Element)
    elsewhere.focus()
    give()
    await settle(element)
    expect(shown(inside(element, 'form'))).toBe(true)
    expect(document.activeElement).toBe(elsewhere)
  })
})

test('the note that one is offline goes when one is not', async () => {
  const choices = api.answers.CallbackChoices
  api.answers.CallbackChoices = () => Promise.reject(new RequestFailed('offline'))
  await start('line="1718"')
  await userEvent.click(button(element, 'Demander') as Element)
  await settle(element)
  expect(text(element, '[role=status]')).toBe('Vous êtes hors ligne.')
  if (choices) api.answers.CallbackChoices = choices
  dispatchEvent(new Event('online'))
  await settle(element)
  expect(text(element, '[role=status]')).toBe('')
  expect(shown(inside(element, 'form'))).toBe(true)
})

describe('a dangerous need', () => {
  test('chosen in the form: whom to call comes first, the form opens when the person is safe, and nothing typed is lost', async () => {
    await open()
    await type('#phone', '0470123456')
    await userEvent.selectOptions(inside(element, '#need') as HTMLElement, 'violence')
    await settle(element)
    expect(shown(inside(element, '#phone'))).toBe(false)
    expect(text(element, '.safety .number')).toBe('0800 00 001')
    expect(inside(element, '.safety .number')?.getAttribute('href')).toBe('tel:080000001')
    expect(element.matches(':state(closed)')).toBe(true)
    expect(text(element, '[role=status]')).toContain('sécurité')
    expect(await violations(element)).toEqual([])
    await click('en sécurité')
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('0470123456')
    expect(shown(inside(element, '#phone'))).toBe(true)
    expect(text(element, '.safety .number')).toBe('0800 00 001')
    await submit()
    expect(api.of('RequestCallback')[0]?.variables.input).toMatchObject({ need: 'violence' })
  })

  test('said by the page: the numbers are there at once', async () => {
    await start('need="violence"')
    expect(text(element, '.safety .number')).toBe('0800 00 001')
    expect(button(element, 'Demander')).toBeUndefined()
    await click('en sécurité')
    expect(shown(inside(element, '#phone'))).toBe(true)
  })

  test('a crisis shows the numbers above an open form', async () => {
    await open('line="1718" need="despair"')
    expect(shown(inside(element, '.safety .number'))).toBe(true)
    expect(shown(inside(element, '#phone'))).toBe(true)
  })

  test('can be left quickly: by a button, or Shift three times', async () => {
    await start('need="violence"')
    const leave = vi.spyOn(element, 'leave').mockImplementation(() => {})
    expect(shown(button(element, 'Quitter'))).toBe(true)
    await userEvent.keyboard('{Shift}{Shift}a{Shift}a')
    expect(leave).not.toHaveBeenCalled()
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(leave).toHaveBeenCalledOnce()
  })

  test('the hint about the keyboard is not for a phone', async () => {
    await start('need="violence"')
    expect(shown(inside(element, '.exit small'))).toBe(true)
    await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: true })
    expect(shown(inside(element, '.exit small'))).toBe(false)
    expect(shown(button(element, 'Quitter'))).toBe(true)
    await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: false })
  })

  test('an ordinary need has no quick exit', async () => {
    await start('need="food"')
    const leave = vi.spyOn(element, 'leave').mockImplementation(() => {})
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(leave).not.toHaveBeenCalled()
    expect(button(element, 'Quitter')).toBeUndefined()
  })
})

describe('together with a finder', () => {
  const call = (detail: object) => {
    const event = new CustomEvent('passerelle-call', { detail, bubbles: true, composed: true, cancelable: true })
    document.body.dispatchEvent(event)
    return event
  }

  test('takes over what the person was reading about', async () => {
    await start('line="1718"')
    expect(call({ need: 'food', faqEntry: 'colis', title: 'Où trouver un colis ?' }).defaultPrevented).toBe(true)
    await settle(element)
    expect(text(element, 'form')).toContain('Où trouver un colis ?')
    expect(inside(element, '#need')).toBeUndefined()
    await request()
    expect(api.of('RequestCallback')[0]?.variables.input).toMatchObject({ need: 'food', faqEntry: 'colis' })
  })

  test('the way back drops it, and keeps what was typed', async () => {
    await start('line="1718"')
    call({ need: 'food', faqEntry: 'colis', title: 'Où trouver un colis ?' })
    await settle(element)
    await type('#phone', '0470 12 34 56')
    await userEvent.click(button(element, 'Retour') as Element)
    await settle(element)
    expect(shown(inside(element, 'form'))).toBe(false)
    await userEvent.click(button(element, 'Demander') as Element)
    await settle(element)
    expect(text(element, 'form')).not.toContain('Où trouver un colis ?')
    expect(shown(inside(element, '#need'))).toBe(true)
    expect(inside(element, '#phone')).toHaveProperty('value', '0470 12 34 56')
    await submit()
    expect(api.of('RequestCallback').map(({ variables }) => variables.input)).toEqual([expect.objectContaining({ faqEntry: undefined })])
  })

  test('one element takes it', async () => {
    await start()
    const other = await place<never>('passerelle-callback', api.send)
    call({ need: 'food' })
    await settle(element)
    expect(inside(element, 'form')).toBeDefined()
    expect(inside(other, 'form')).toBeUndefined()
  })
})

test('a need of the page that is no more is left to the person, and keeps nothing from being sent', async () => {
  await start('line="1718" need="gone" open')
  await settle(element)
  expect(shown(inside(element, '#need') as HTMLElement)).toBe(true)
  await request()
  expect(JSON.stringify(api.of('RequestCallback')[0]?.variables)).not.toContain('gone')
  expect(element.renderRoot.textContent).toContain(receipt.reference)
})

describe('following a request', () => {
  test('and going back leads to the reference just given, while it is known', async () => {
    await open()
    await request()
    await click('Suivre')
    await click('Retour')
    expect(element.renderRoot.textContent).toContain(receipt.reference)
  })

  test('asks by POST, and says how it stands in words', async () => {
    api.answers.FollowCallback = () => ({ callback: { status: 'CLAIMED', requestedAt: '2026-11-20T09:00:00Z', line: receipt.line } })
    await start()
    await click('Suivre')
    await type('#follow-reference', 'ls-7k3m-9qxa')
    await type('#follow-phone', '0470 12 34 56')
    await submit()
    expect(api.of('FollowCallback')[0]).toMatchObject({
      variables: { reference: 'ls-7k3m-9qxa', phone: '0470123456' },
      options: { personal: true },
    })
    expect(text(element, '[role=status]')).toBe('Quelqu’un va vous appeler.')
    expect(text(element, '.root')).toContain('20 novembre 2026')
    expect(await violations(element)).toEqual([])
  })

  test('says the same whatever does not match', async () => {
    api.answers.FollowCallback = () => ({ callback: null })
    await start()
    await click('Suivre')
    await submit()
    expect(all(element, '.summary a').length).toBe(2)
    await type('#follow-reference', 'x')
    await type('#follow-phone', '1')
    await submit()
    expect(text(element, '[role=status]')).toBe(element.t.notFound)
  })
})

describe('languages', () => {
  test.each(['fr', 'de', 'nl', 'en'])('%s: every state without a violation, at 320 px without overflow', async (language) => {
    document.documentElement.lang = language
    await page.viewport(320, 800)
    await start()
    await expect.poll(() => element.language).toBe(language)
    await settle(element)
    const checked = async () => {
      expect(await violations(element)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    }
    await checked()
    await click(element.t.start)
    await checked()
    await submit()
    await checked()
    await userEvent.selectOptions(inside(element, '#need') as HTMLElement, 'violence')
    await settle(element)
    await checked()
    await click(element.t.iAmSafe)
    await userEvent.click(inside(element, '[value="1718"]') as HTMLElement)
    await request()
    expect(text(element, '.reference')).toBe('LS-7K3M-9QXA')
    await checked()
    await click(element.t.follow)
    await checked()
    expect(api.of('CallbackChoices')[0]?.options.languages).toEqual([language])
  })

  test('follows the page’s language while it is used, without losing what was typed', async () => {
    await open()
    await type('#phone', '0470123456')
    document.documentElement.lang = 'de'
    await expect.poll(() => text(element, 'label[for=phone]')).toContain('Telefonnummer')
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('0470123456')
    await expect.poll(() => api.of('CallbackChoices').length).toBe(2)
    expect(inside(element, '#need option[lang=fr]')?.textContent).toBe('Manger')
  })

  test('its own lang wins; a language we do not speak falls back to one we do', async () => {
    document.documentElement.lang = 'it'
    await start('lang="nl"')
    await expect.poll(() => element.language).toBe('nl')
  })
})

describe('looks', () => {
  test.each(['', 'line="1718"', 'line="1718" theme="dark"'])('forced colours or dark: no violation (%s)', async (attributes) => {
    if (!attributes.includes('theme')) await pretend({ 'forced-colors': 'active' })
    await open(attributes)
    await submit()
    expect(await violations(element)).toEqual([])
  })

  test('a page with a small root size does not make targets small', async () => {
    document.documentElement.style.fontSize = '50%'
    await start()
    expect(inside(element, 'button')?.getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
    document.documentElement.style.fontSize = ''
  })

  test('moves in the page without losing anything', async () => {
    await open()
    await type('#phone', '0470123456')
    const elsewhere = document.createElement('section')
    document.body.append(elsewhere)
    elsewhere.append(element)
    await settle(element)
    expect((inside(element, '#phone') as HTMLInputElement).value).toBe('0470123456')
  })
})
