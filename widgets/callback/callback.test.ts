import { describe, expect, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, button, inside, place, pretend, settle, shown, text, violations } from '../shared/testing/fixture.ts'
import { choices, makeLine, plain, receipt, usePage } from './testing/page.ts'

const on = usePage()
const { click, open, request, retries, start, submit, type } = on

const fallback = () => on.element.querySelector('p') ?? undefined

describe('before anything is asked', () => {
  test('nothing is sent, focused or stored, and the status is there, empty', async () => {
    await start()
    expect(on.api.asked).toEqual([])
    expect(document.activeElement).toBe(document.body)
    expect(text(on.element, '[role=status]')).toBe('')
    expect(shown(fallback())).toBe(false)
    expect(on.element.matches(':state(idle)')).toBe(true)
  })

  test('112 is named, and no other number', async () => {
    await start()
    expect(all(on.element, 'a[href^="tel:"]').map((link) => link.textContent)).toEqual(['112'])
  })

  test('the numbers in the tag are on paper', async () => {
    await start()
    await pretend({}, 'print')
    expect(shown(fallback())).toBe(true)
    expect(shown(inside(on.element, 'button'))).toBe(false)
  })
})

describe('the request', () => {
  test('is sent with what was typed, and confirmed with its reference', async () => {
    const events: string[] = []
    for (const name of ['start', 'submit', 'success'])
      document.addEventListener(`passerelle-${name}`, () => events.push(name), { once: true })
    await open('service="aide-alimentaire"')
    expect(all(on.element, '[name=line]').length).toBe(2)
    expect(all(on.element, ':checked').filter((one) => one.matches('input'))).toEqual([])
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'food')
    await userEvent.click(inside(on.element, '[value="1718"]') as HTMLElement)
    await userEvent.click(inside(on.element, '[name=voicemail]') as HTMLElement)
    await type('#name', 'Ada')
    await type('#postalCode', '4000')
    await request()
    expect(on.api.of('RequestCallback')[0]?.variables.input).toEqual({
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
      noticeVersion: '2026-11-22.2',
    })
    expect(text(on.element, '.reference')).toBe('7KM-4QX-9TQ')
    expect(on.element.shadowRoot?.activeElement?.textContent).toContain('C’est noté')
    expect(on.element.matches(':state(done)')).toBe(true)
    expect(events).toEqual(['start', 'submit', 'success'])
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('')
  })

  test('the safe ways to be reached are asked before the number', async () => {
    await open()
    const ids = all(on.element, 'form [id]').map((one) => one.id)
    expect(ids.indexOf('safe')).toBeLessThan(ids.indexOf('phone'))
    expect(text(on.element, '#safe legend')).toBe('Comment vous joindre sans risque ? (facultatif)')
  })

  test('what is missing is listed; the list takes the focus, and its links bring it to the fields', async () => {
    await open('')
    const asked = performance.now()
    await submit()
    expect(performance.now() - asked).toBeLessThan(4000)
    expect(on.element.shadowRoot?.activeElement?.className).toBe('summary')
    expect(all(on.element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#line', '#phone'])
    expect(all(on.element, '[part=error]').length).toBe(2)
    expect(inside(on.element, '#phone')?.getAttribute('aria-invalid')).toBe('true')
    expect(inside(on.element, '#phone')?.getAttribute('aria-describedby')).toBe('phone-hint phone-error')
    await userEvent.click(inside(on.element, '.summary a[href="#phone"]') as HTMLElement)
    expect(on.element.shadowRoot?.activeElement?.id).toBe('phone')
    await userEvent.click(inside(on.element, '.summary a[href="#line"]') as HTMLElement)
    expect(on.element.shadowRoot?.activeElement?.id).toBe('line')
    expect(on.api.of('RequestCallback')).toEqual([])
    expect(await violations(on.element)).toEqual([])
  })

  test('the server’s problems join the same list, in the order of the page, and what was typed stays', async () => {
    const problems = [
      { path: ['input', 'postalCode'], message: 'Ce code postal n’existe pas.' },
      { path: ['input', 'phone'], message: 'Ce numéro est incomplet.' },
      { path: ['input', 'line'], message: 'Cette ligne n’existe plus.' },
    ]
    on.api.answers.RequestCallback = () => ({ requestCallback: { __typename: 'InvalidInput', message: '', problems } })
    await open('')
    await userEvent.click(inside(on.element, '[value="1718"]') as HTMLElement)
    await type('#postalCode', '9999')
    await request()
    expect(all(on.element, '.summary a').map((link) => link.getAttribute('href'))).toEqual(['#line', '#phone', '#postalCode'])
    expect(text(on.element, '#phone-error')).toBe('Ce numéro est incomplet.')
    expect((inside(on.element, '#postalCode') as HTMLInputElement).value).toBe('9999')
  })

  test('a double click sends once', async () => {
    let answer = (_: unknown): void => {}
    on.api.answers.RequestCallback = () => new Promise((resolve) => (answer = resolve))
    await open()
    await type('#phone', '0470123456')
    await userEvent.dblClick(inside(on.element, '[part=submit]') as HTMLElement)
    await settle(on.element)
    expect(on.api.of('RequestCallback').length).toBe(1)
    expect(inside(on.element, '[part=submit]')?.getAttribute('aria-disabled')).toBe('true')
    expect(on.element.matches(':state(sending)')).toBe(true)
    expect(await violations(on.element)).toEqual([])
    answer({ requestCallback: receipt })
    await settle(on.element)
    expect(on.element.matches(':state(done)')).toBe(true)
  })

  test('a retry repeats the key; an edit makes a new one', async () => {
    on.api.answers.RequestCallback = () => Promise.reject(new RequestFailed('unreachable'))
    await open()
    await request()
    await retries()
    await submit()
    await retries()
    await type('#name', 'Ada')
    await submit()
    const keys = on.api.of('RequestCallback').map(({ variables }) => (variables.input as { idempotencyKey: string }).idempotencyKey)
    expect(keys.length).toBe(9)
    expect(new Set(keys.slice(0, 8)).size).toBe(1)
    expect(keys[8]).not.toBe(keys[0])
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('0470 12 34 56')
  })

  test.each(['unreachable', 'offline', 'limited', 'rejected', 'failed'] as const)(
    'says when it is %s, and shows the numbers',
    async (kind) => {
      const heard = vi.fn()
      on.api.answers.RequestCallback = () => Promise.reject(new RequestFailed(kind))
      await open()
      on.element.addEventListener('passerelle-error', (event) => heard((event as CustomEvent).detail))
      await request()
      if (kind === 'unreachable' || kind === 'offline') await retries()
      expect(text(on.element, '[role=status]')).toContain(plain(on.element.t[kind === 'offline' ? 'waiting' : kind]))
      expect(shown(fallback())).toBe(true)
      expect(on.element.matches(kind === 'offline' ? ':state(offline)' : ':state(error)')).toBe(true)
      expect(heard).toHaveBeenCalledWith({ kind, retryable: kind !== 'rejected' })
      expect(await violations(on.element)).toEqual([])
    },
  )

  test('the numbers stand where the words of the box do', async () => {
    await start('need="violence"')
    const left = (one?: Element) => one?.getBoundingClientRect().left
    expect(left(fallback())).toBe(left(inside(on.element, '.root .stack')))
  })

  test('a page can stop it', async () => {
    await open()
    on.element.addEventListener('passerelle-submit', (event) => event.preventDefault(), { once: true })
    await request()
    expect(on.api.of('RequestCallback')).toEqual([])
  })

  test('when the choices cannot be read, one can try again', async () => {
    on.api.answers.CallbackChoices = () => Promise.reject(new RequestFailed('unreachable'))
    await open()
    expect(shown(fallback())).toBe(true)
    on.api.answers.CallbackChoices = () => choices
    await click('Réessayer')
    expect(shown(inside(on.element, '#phone'))).toBe(true)
  })

  test('when no line calls back, the numbers are shown', async () => {
    on.api.answers.CallbackChoices = () => ({ ...choices, lines: [makeLine('107', 'Télé-Accueil', false)] })
    await open()
    expect(on.element.matches(':state(empty)')).toBe(true)
    expect(shown(inside(on.element, '#phone'))).toBe(false)
    expect(shown(fallback())).toBe(true)
    expect(await violations(on.element)).toEqual([])
  })

  test('leaves nothing in the browser', async () => {
    await open()
    await request()
    expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, ''])
    expect(on.element.shadowRoot?.querySelectorAll('[style]').length).toBe(0)
  })

  test('nothing typed comes back with the back button', async () => {
    await open()
    await type('#phone', '0470123456')
    dispatchEvent(new Event('pagehide'))
    await settle(on.element)
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('')
    expect(shown(inside(on.element, '#phone'))).toBe(false)
  })
})

describe('an answer that comes late', () => {
  test('does not show a reference after the page was left', async () => {
    let give = (_: unknown) => {}
    const receipt = on.api.answers.RequestCallback
    on.api.answers.RequestCallback = (...asked) => new Promise((resolve) => (give = () => resolve(receipt?.(...asked))))
    await open()
    await type('#phone', '0470 12 34 56')
    await userEvent.click(all(on.element, '[part=submit]').find(shown) as Element)
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    give(undefined)
    await settle(on.element)
    expect(on.element.step).toBe('start')
    expect(on.element.phase).toBe('idle')
    expect(inside(on.element, '.reference')).toBeUndefined()
  })

  test('in the language of before is asked for again', async () => {
    const slow: (() => void)[] = []
    const choices = on.api.answers.CallbackChoices
    on.api.answers.CallbackChoices = async (variables, asked) => {
      await new Promise<void>((resolve) => slow.push(resolve))
      const answer = (await choices?.(variables, asked)) as { needs: { label: string }[] }
      return { ...answer, needs: answer.needs.map((need) => ({ ...need, label: `${need.label} ${asked.options.languages[0]}` })) }
    }
    await start('line="1718"')
    await userEvent.click(button(on.element, 'Demander') as Element)
    document.documentElement.lang = 'de'
    await expect.poll(() => on.element.language).toBe('de')
    while (slow.length) {
      slow.shift()?.()
      await settle(on.element)
    }
    expect(text(on.element, '#need option:nth-child(2)')).toMatch(/ de$/)
  })

  test('does not pull back a person who went elsewhere', async () => {
    let give = () => {}
    const choices = on.api.answers.CallbackChoices
    on.api.answers.CallbackChoices = async (...asked) => {
      await new Promise<void>((resolve) => (give = resolve))
      return choices?.(...asked)
    }
    await start('line="1718"')
    const elsewhere = document.body.appendChild(document.createElement('button'))
    await userEvent.click(button(on.element, 'Demander') as Element)
    elsewhere.focus()
    give()
    await settle(on.element)
    expect(shown(inside(on.element, 'form'))).toBe(true)
    expect(document.activeElement).toBe(elsewhere)
  })
})

test('the note that one is offline goes when one is not', async () => {
  const choices = on.api.answers.CallbackChoices
  on.api.answers.CallbackChoices = () => Promise.reject(new RequestFailed('offline'))
  await start('line="1718"')
  await userEvent.click(button(on.element, 'Demander') as Element)
  await settle(on.element)
  expect(text(on.element, '[role=status]')).toBe('Vous êtes hors ligne.')
  if (choices) on.api.answers.CallbackChoices = choices
  dispatchEvent(new Event('online'))
  await settle(on.element)
  expect(text(on.element, '[role=status]')).toBe('')
  expect(shown(inside(on.element, 'form'))).toBe(true)
})

describe('a dangerous need', () => {
  test('chosen in the form: whom to call comes first, the form opens when the person is safe, and nothing typed is lost', async () => {
    await open()
    await type('#phone', '0470123456')
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'violence')
    await settle(on.element)
    expect(shown(inside(on.element, '#phone'))).toBe(false)
    expect(text(on.element, '.safety .number')).toBe('0800 00 001')
    expect(inside(on.element, '.safety .number')?.getAttribute('href')).toBe('tel:080000001')
    expect(on.element.matches(':state(closed)')).toBe(true)
    expect(text(on.element, '[role=status]')).toContain('sécurité')
    expect(await violations(on.element)).toEqual([])
    await click('en sécurité')
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('0470123456')
    expect(shown(inside(on.element, '#phone'))).toBe(true)
    expect(text(on.element, '.safety .number')).toBe('0800 00 001')
    await submit()
    expect(on.api.of('RequestCallback')[0]?.variables.input).toMatchObject({ need: 'violence' })
  })

  test.each(['violence', 'violence.partner'])('said by the page, as “%s”: the numbers are there at once', async (code) => {
    await start(`need="${code}"`)
    expect(shown(button(on.element, 'Quitter'))).toBe(true)
    expect(text(on.element, '.safety .number')).toBe('0800 00 001')
    expect(button(on.element, 'Demander')).toBeUndefined()
    await click('en sécurité')
    expect(shown(inside(on.element, '#phone'))).toBe(true)
  })

  test('a crisis shows the numbers above an open form', async () => {
    await open('line="1718" need="despair"')
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
    expect(shown(inside(on.element, '#phone'))).toBe(true)
  })

  test('can be left quickly: by a button, or Shift three times', async () => {
    await start('need="violence"')
    const leave = vi.spyOn(on.element, 'leave').mockImplementation(() => {})
    expect(shown(button(on.element, 'Quitter'))).toBe(true)
    await userEvent.keyboard('{Shift}{Shift}a{Shift}a')
    expect(leave).not.toHaveBeenCalled()
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(leave).toHaveBeenCalledOnce()
  })

  test('the hint about the keyboard is not for a phone', async () => {
    await start('need="violence"')
    expect(shown(inside(on.element, '.exit small'))).toBe(true)
    await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: true })
    expect(shown(inside(on.element, '.exit small'))).toBe(false)
    expect(shown(button(on.element, 'Quitter'))).toBe(true)
    await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: false })
  })

  test('is still one when the request is sent: the way out and the numbers stand beside the reference, and in what follows', async () => {
    await open()
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'violence')
    await settle(on.element)
    await click('en sécurité')
    await request()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    expect(on.element.shadowRoot?.activeElement?.textContent).toContain('C’est noté')
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
    expect(button(on.element, 'en sécurité')).toBeUndefined()
    expect(await violations(on.element)).toEqual([])
    const leave = vi.spyOn(on.element, 'leave').mockImplementation(() => {})
    expect(shown(button(on.element, 'Quitter'))).toBe(true)
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(leave).toHaveBeenCalledOnce()
    document.documentElement.lang = 'de'
    await expect.poll(() => on.element.language).toBe('de')
    await settle(on.element)
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
    await click(on.element.t.follow)
    expect(shown(button(on.element, on.element.t.exit))).toBe(true)
    await click(on.element.t.back)
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
  })

  test('handed over by a finder, it is the one the receipt is about, whatever the page names', async () => {
    await start('line="1718" need="food"')
    const detail = { need: 'violence', title: 'Violences' }
    document.body.dispatchEvent(new CustomEvent('passerelle-call', { detail, bubbles: true, composed: true, cancelable: true }))
    await settle(on.element)
    await click('en sécurité')
    await request()
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
    on.element.reset()
    await settle(on.element)
    expect([inside(on.element, '.safety'), button(on.element, 'Quitter')]).toEqual([undefined, undefined])
  })

  test('an ordinary need has no quick exit', async () => {
    await start('need="food"')
    const leave = vi.spyOn(on.element, 'leave').mockImplementation(() => {})
    await userEvent.keyboard('{Shift}{Shift}{Shift}')
    expect(leave).not.toHaveBeenCalled()
    expect(button(on.element, 'Quitter')).toBeUndefined()
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
    await settle(on.element)
    expect(text(on.element, 'form')).toContain('Où trouver un colis ?')
    expect(inside(on.element, '#need')).toBeUndefined()
    await request()
    expect(on.api.of('RequestCallback')[0]?.variables.input).toMatchObject({ need: 'food', faqEntry: 'colis' })
  })

  test('the way back drops it, and keeps what was typed', async () => {
    await start('line="1718"')
    call({ need: 'food', faqEntry: 'colis', title: 'Où trouver un colis ?' })
    await settle(on.element)
    await type('#phone', '0470 12 34 56')
    await userEvent.click(button(on.element, 'Retour') as Element)
    await settle(on.element)
    expect(shown(inside(on.element, 'form'))).toBe(false)
    await userEvent.click(button(on.element, 'Demander') as Element)
    await settle(on.element)
    expect(text(on.element, 'form')).not.toContain('Où trouver un colis ?')
    expect(shown(inside(on.element, '#need'))).toBe(true)
    expect(inside(on.element, '#phone')).toHaveProperty('value', '0470 12 34 56')
    await submit()
    expect(on.api.of('RequestCallback').map(({ variables }) => variables.input)).toEqual([
      expect.not.objectContaining({ faqEntry: 'colis' }),
    ])
  })

  test('after a request it begins anew', async () => {
    await open()
    await type('#message', 'Bonjour')
    await request()
    await click('Suivre')
    expect(call({ need: 'food', title: 'Manger' }).defaultPrevented).toBe(true)
    await settle(on.element)
    expect(inside(on.element, '#message')).toHaveProperty('value', '')
    expect([on.element.receipt, text(on.element, '[role=status]')]).toEqual([undefined, ''])
    await click('Retour')
    expect(on.element.step).toBe('start')
  })

  test('one element takes it', async () => {
    await start()
    const other = await place<never>('passerelle-callback', on.api.send)
    call({ need: 'food' })
    await settle(on.element)
    expect(inside(on.element, 'form')).toBeDefined()
    expect(inside(other, 'form')).toBeUndefined()
  })
})

test('a need of the page that is no more is left to the person, and keeps nothing from being sent', async () => {
  await start('line="1718" need="gone" open')
  await settle(on.element)
  expect(shown(inside(on.element, '#need') as HTMLElement)).toBe(true)
  await request()
  expect(JSON.stringify(on.api.of('RequestCallback')[0]?.variables)).not.toContain('gone')
  expect(on.element.renderRoot.textContent).toContain(receipt.reference)
})

describe('languages', () => {
  test.each(['fr', 'de', 'nl', 'en'])('%s: every state without a violation, at 320 px without overflow', async (language) => {
    document.documentElement.lang = language
    await page.viewport(320, 800)
    await start()
    await expect.poll(() => on.element.language).toBe(language)
    await settle(on.element)
    const checked = async () => {
      expect(await violations(on.element)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    }
    await checked()
    await click(on.element.t.start)
    await checked()
    await submit()
    await checked()
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'violence')
    await settle(on.element)
    await checked()
    await click(on.element.t.iAmSafe)
    await userEvent.click(inside(on.element, '[value="1718"]') as HTMLElement)
    await request()
    expect(text(on.element, '.reference')).toBe('7KM-4QX-9TQ')
    await checked()
    await click(on.element.t.follow)
    await checked()
    expect(on.api.of('CallbackChoices')[0]?.options.languages).toEqual([language])
  })

  test('follows the page’s language while it is used, without losing what was typed', async () => {
    await open()
    await type('#phone', '0470123456')
    document.documentElement.lang = 'de'
    await expect.poll(() => text(on.element, 'label[for=phone]')).toContain('Telefonnummer')
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('0470123456')
    await expect.poll(() => on.api.of('CallbackChoices').length).toBe(2)
    expect(inside(on.element, '#need option[lang=fr]')?.textContent).toBe('Manger')
  })

  test('a name inside our sentences says which language it is in', async () => {
    document.documentElement.lang = 'de'
    await start('line="1718"')
    await expect.poll(() => on.element.language).toBe('de')
    await click('Rückruf')
    const names = () => all(on.element, 'p span[lang=fr]').map((name) => name.textContent)
    expect(names()).toEqual(['Province de Liège', '1718'])
    expect(text(on.element, '.notice p')).toMatch(/^Province de Liège nutzt diese Daten/)
    await request()
    expect(names()).toContain('Liège Solidaire')
    document.documentElement.lang = 'fr'
    await expect.poll(() => on.element.language).toBe('fr')
    await settle(on.element)
    expect(names()).toEqual([])
  })

  test('its own lang wins; a language we do not speak falls back to one we do', async () => {
    document.documentElement.lang = 'it'
    await start('lang="nl"')
    await expect.poll(() => on.element.language).toBe('nl')
  })
})

describe('the language of the call', () => {
  const call = () => (inside(on.element, '#language') as HTMLSelectElement).value

  test('is the page’s to begin with, and goes along with it', async () => {
    await open()
    expect(call()).toBe('FR')
    document.documentElement.lang = 'de'
    await expect.poll(() => on.element.language).toBe('de')
    await settle(on.element)
    expect(call()).toBe('DE')
  })

  test('stays as she chose it, whatever the page or another field does', async () => {
    await open()
    await userEvent.selectOptions(inside(on.element, '#language') as HTMLElement, 'NL')
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'food')
    for (const language of ['de', 'en', 'fr']) {
      document.documentElement.lang = language
      await expect.poll(() => on.element.language).toBe(language)
      await settle(on.element)
      expect(call()).toBe('NL')
    }
    await request()
    expect(on.sent()[0]).toMatchObject({ language: 'NL' })
  })

  test('is one that the line speaks', async () => {
    const lines = [{ ...makeLine('1718', '1718'), languages: ['FR'] }, makeLine('1719', '1719')]
    on.api.answers.CallbackChoices = () => ({ ...choices, lines })
    await open('')
    await userEvent.selectOptions(inside(on.element, '#language') as HTMLElement, 'NL')
    await on.choose('[value="1718"]')
    expect(call()).toBe('FR')
    await on.choose('[value="1719"]')
    expect(call()).toBe('NL')
  })
})

describe('on paper', () => {
  test('the numbers to call first are there, of the form nothing', async () => {
    await open()
    await userEvent.selectOptions(inside(on.element, '#need') as HTMLElement, 'violence')
    await settle(on.element)
    await pretend({}, 'print')
    expect(shown(inside(on.element, '.safety .number'))).toBe(true)
    expect(all(on.element, 'form button, form input, form select, form label').filter(shown)).toEqual([])
    expect(shown(fallback())).toBe(true)
  })

  test('the reference is there, and the form is not', async () => {
    await open()
    await request()
    await pretend({}, 'print')
    expect(shown(inside(on.element, '.reference'))).toBe(true)
    expect(all(on.element, 'form *').filter(shown)).toEqual([])
  })
})

describe('looks', () => {
  test.each(['', 'line="1718"', 'line="1718" theme="dark"'])('forced colours or dark: no violation (%s)', async (attributes) => {
    if (!attributes.includes('theme')) await pretend({ 'forced-colors': 'active' })
    await open(attributes)
    await submit()
    expect(await violations(on.element)).toEqual([])
  })

  test('a page with a small root size does not make targets small', async () => {
    document.documentElement.style.fontSize = '50%'
    await start()
    expect(inside(on.element, 'button')?.getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
    document.documentElement.style.fontSize = ''
  })

  test('moves in the page without losing anything', async () => {
    await open()
    await type('#phone', '0470123456')
    const elsewhere = document.createElement('section')
    document.body.append(elsewhere)
    elsewhere.append(on.element)
    await settle(on.element)
    expect((inside(on.element, '#phone') as HTMLInputElement).value).toBe('0470123456')
  })
})
