import { describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, button, inside, settle, shown, text, violations } from '../shared/testing/fixture.ts'
import { choices, makeLine, plain, receipt, usePage } from './testing/page.ts'

const on = usePage()
const { click, online, open, request, retries, sent, submit, type } = on

const status = () => text(on.element, '[role=status]')
const numbers = () => shown(on.element.querySelector('p') ?? undefined)
const send = () => all(on.element, '[part=submit]').find(shown)
const works = () => ({ requestCallback: receipt })
const fails = (kind: 'offline' | 'unreachable' | 'failed', after?: number) => () =>
  Promise.reject(new RequestFailed(kind, undefined, after))
const keys = () => new Set(sent().map(({ idempotencyKey }) => idempotencyKey)).size

describe('a network that fails', () => {
  test('is tried again by itself, with the same key; the status says so, and the numbers show', async () => {
    const heard = vi.fn()
    on.api.answers.RequestCallback = fails('unreachable')
    await open()
    on.element.addEventListener('passerelle-error', heard)
    await request()
    expect(status()).toBe(plain(on.element.t.retrying))
    expect(numbers()).toBe(true)
    expect(on.element.matches(':state(sending)')).toBe(true)
    expect(send()?.hasAttribute('aria-disabled')).toBe(false)
    expect(await violations(on.element)).toEqual([])
    on.api.answers.RequestCallback = works
    await online()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    expect([sent().length, keys()]).toEqual([2, 1])
    expect(heard).not.toHaveBeenCalled()
  })

  test('is tried again when time has passed, three times, and then left to her', async () => {
    on.api.answers.RequestCallback = fails('unreachable')
    await open()
    await type('#phone', '0470 12 34 56')
    const pauses: number[] = []
    const later = globalThis.setTimeout
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0) => {
      if (ms >= 1000) pauses.push(ms)
      return later(work, ms >= 1000 ? 0 : ms)
    }) as typeof setTimeout)
    await submit()
    await expect.poll(() => on.element.phase).toBe('error')
    vi.restoreAllMocks()
    expect(pauses).toEqual([2_000, 5_000, 15_000])
    expect([sent().length, keys()]).toEqual([4, 1])
    expect(status()).toContain(plain(on.element.t.kept))
    expect(inside(on.element, '#phone')).toHaveProperty('value', '0470 12 34 56')
    expect(send()?.hasAttribute('aria-disabled')).toBe(false)
  })

  test('offline: it goes when the network is back, also after the attempts', async () => {
    on.api.answers.RequestCallback = fails('offline')
    await open()
    await request()
    expect(status()).toBe(plain(on.element.t.waiting))
    await retries()
    expect(on.element.matches(':state(offline)')).toBe(true)
    expect(status()).toContain(plain(on.element.t.waiting))
    expect(await violations(on.element)).toEqual([])
    on.api.answers.RequestCallback = works
    await online()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    expect([sent().length, keys()]).toEqual([5, 1])
  })

  test('what was changed meanwhile is not sent behind her back', async () => {
    on.api.answers.RequestCallback = fails('offline')
    await open()
    await request()
    await type('#name', 'Ada')
    on.api.answers.RequestCallback = works
    await online()
    expect(sent().length).toBe(1)
    expect([on.element.phase, status()]).toEqual(['idle', ''])
    await submit()
    expect(sent()[1]).toMatchObject({ name: 'Ada' })
    expect(keys()).toBe(2)
  })

  test('she may send at once instead of waiting, and it is sent once', async () => {
    on.api.answers.RequestCallback = fails('unreachable')
    await open()
    await request()
    on.api.answers.RequestCallback = works
    await submit()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    await online()
    expect([sent().length, keys()]).toEqual([2, 1])
  })

  test('she may go back instead; nothing is sent then, and what was typed is there', async () => {
    on.api.answers.RequestCallback = fails('unreachable')
    await open()
    await request()
    await click('Retour')
    on.api.answers.RequestCallback = works
    await online()
    expect(sent().length).toBe(1)
    expect([on.element.step, status()]).toEqual(['start', ''])
    await click('Demander')
    expect(inside(on.element, '#phone')).toHaveProperty('value', '0470 12 34 56')
  })

  test('a page that is left, or an element that is taken away, sends nothing more', async () => {
    on.api.answers.RequestCallback = fails('unreachable')
    await open()
    await request()
    on.element.remove()
    await online()
    expect(sent().length).toBe(1)
    document.body.append(on.element)
    await settle(on.element)
    expect(on.element.phase).toBe('idle')
    await submit()
    dispatchEvent(new Event('pagehide'))
    await online()
    expect(sent().length).toBe(2)
    expect(on.element.step).toBe('start')
  })

  test('a server that is back in a moment is waited for; one that needs longer says so itself', async () => {
    on.api.answers.RequestCallback = fails('failed', 2)
    await open()
    await request()
    expect(status()).toBe(plain(on.element.t.retrying))
    on.api.answers.RequestCallback = () => Promise.reject(new RequestFailed('limited', 'Réessayez dans 20 minutes.', 1200))
    await online()
    expect(status()).toBe(plain(`Réessayez dans 20 minutes. ${on.element.t.kept}`))
    expect(sent().length).toBe(2)
  })
})

describe('while it is sent', () => {
  const hold = async () => {
    let give = (_: unknown) => {}
    on.api.answers.RequestCallback = () => new Promise((resolve) => (give = resolve))
    await open()
    await request()
    return async () => {
      give(works())
      await settle(on.element)
    }
  }
  const leaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

  test('the browser is asked to go on when the page is left, and leaving is asked about; not before, nor after', async () => {
    const answer = await hold()
    expect(on.api.of('RequestCallback')[0]?.options).toMatchObject({ keepalive: true })
    expect(leaving()).toBe(true)
    await answer()
    expect(leaving()).toBe(false)
  })

  test('the quick exit is not held up', async () => {
    await hold()
    expect(leaving()).toBe(true)
    on.element.reset()
    expect(leaving()).toBe(false)
  })

  test('a call is not leaving; what comes later is', async () => {
    await hold()
    const link = inside(on.element, '.band a') as HTMLElement
    const clicked = vi.fn((event: Event) => event.preventDefault())
    link.addEventListener('click', clicked)
    await userEvent.click(link)
    expect(clicked).toHaveBeenCalledOnce()
    expect(leaving()).toBe(false)
    const later = new Event('beforeunload', { cancelable: true })
    Object.defineProperty(later, 'timeStamp', { value: later.timeStamp + 60_000 })
    expect(dispatchEvent(later)).toBe(false)
    on.element.addEventListener('click', (event) => event.preventDefault())
    await userEvent.click(inside(on.element, 'h2, [role=heading]') as Element)
    expect(dispatchEvent(later)).toBe(false)
  })

  test('the same for a number in the tag, which the page may keep to itself', async () => {
    await hold()
    const link = document.createElement('a')
    link.href = 'tel:1718'
    link.innerHTML = '<b>1718</b>'
    link.addEventListener('click', (event) => {
      event.preventDefault()
      event.stopPropagation()
    })
    document.body.append(link)
    await userEvent.click(link.firstElementChild as Element)
    expect(leaving()).toBe(false)
  })

  test('the status stays when something else is chosen', async () => {
    const answer = await hold()
    const select = inside(on.element, '#need') as HTMLSelectElement
    select.value = 'food'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await settle(on.element)
    expect(status()).toBe('Envoi en cours…')
    await answer()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })

  test('one does not get out by the way back, nor by a call from the finder', async () => {
    const answer = await hold()
    expect(button(on.element, 'Retour')?.getAttribute('aria-disabled')).toBe('true')
    button(on.element, 'Retour')?.click()
    await settle(on.element)
    expect(shown(inside(on.element, '#phone'))).toBe(true)
    const call = new CustomEvent('passerelle-call', { detail: { need: 'food' }, bubbles: true, composed: true, cancelable: true })
    document.body.dispatchEvent(call)
    expect(call.defaultPrevented).toBe(false)
    await answer()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })

  test('the answer to a request of before does not touch what is sent now', async () => {
    const first = await hold()
    on.element.reset()
    await settle(on.element)
    const second = await (async () => {
      let give = (_: unknown) => {}
      on.api.answers.RequestCallback = () => new Promise((resolve) => (give = resolve))
      await click('Demander')
      await request()
      return async () => {
        give(works())
        await settle(on.element)
      }
    })()
    await first()
    expect([on.element.phase, status()]).toEqual(['sending', 'Envoi en cours…'])
    await second()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
  })
})

describe('a proof of work', () => {
  const parameters = { algorithm: 'PBKDF2/SHA-256', nonce: '00'.repeat(16), salt: '11'.repeat(16), cost: 10, keyLength: 32, keyPrefix: '0' }
  const wanted = (more: object = {}) => ({
    requestCallback: {
      __typename: 'ChallengeRequired',
      message: 'Votre appareil doit faire un petit calcul, ou appelez le 1718.',
      number: '1718',
      challenge: JSON.stringify({ parameters: { ...parameters, ...more }, signature: 'signed' }),
    },
  })
  const once = (more?: object) => {
    on.api.answers.RequestCallback = ({ input }) => ((input as unknown as { challenge?: string }).challenge ? works() : wanted(more))
  }

  test('is computed and sent with the same key and all else', async () => {
    once()
    await open()
    await request()
    await expect.poll(() => text(on.element, '.reference')).toBe(receipt.reference)
    const [before, { challenge, ...after } = {}] = sent()
    expect({ ...before, challenge: undefined }).toEqual({ ...after, challenge: undefined })
    const { challenge: told, solution } = JSON.parse(atob(String(challenge)))
    expect(told).toEqual({ parameters, signature: 'signed' })
    expect(solution.derivedKey).toMatch(/^0[\da-f]{63}$/)
    expect(inside(on.element, '.stack > .number')).toBeUndefined()
  })

  test('says what happens meanwhile, and whom to call instead', async () => {
    once({ keyPrefix: 'f'.repeat(20) })
    await open()
    await request()
    await expect.poll(() => status()).toBe(plain(on.element.t.solving))
    expect(inside(on.element, '.stack > .number')?.getAttribute('href')).toBe('tel:1718')
    expect(on.element.busy).toBe(true)
    expect(await violations(on.element)).toEqual([])
    on.element.reset()
    await settle(on.element)
    expect([status(), inside(on.element, '.stack > .number')]).toEqual(['', undefined])
  })

  test('ends when the element is taken away, and is as before when it comes back', async () => {
    once({ keyPrefix: 'f'.repeat(20) })
    await open()
    await request()
    await expect.poll(() => status()).toBe(plain(on.element.t.solving))
    on.element.remove()
    await expect.poll(() => on.element.phase).toBe('idle')
    expect(sent().length).toBe(1)
  })

  test.each([
    ['cannot be computed here', () => wanted({ algorithm: 'ARGON2ID' }), 1],
    ['is never enough', () => wanted(), 3],
  ])('that %s: the server’s words and the number', async (_, answer, times) => {
    const heard = vi.fn()
    on.api.answers.RequestCallback = answer
    await open()
    on.element.addEventListener('passerelle-error', (event) => heard((event as CustomEvent).detail))
    await request()
    await expect.poll(() => on.element.phase).toBe('error')
    await settle(on.element)
    expect(sent().length).toBe(times)
    expect(status()).toContain('ou appelez le 1718')
    expect(inside(on.element, '.stack > .number')?.textContent).toBe('1718')
    expect(heard).toHaveBeenCalledWith({ kind: 'limited', retryable: true })
    expect(inside(on.element, '#phone')).toHaveProperty('value', '0470 12 34 56')
  })
})

describe('what the server refuses', () => {
  test('too many: its words, and the number of the chosen line as the other way; what was typed stays', async () => {
    const heard = vi.fn()
    on.api.answers.RequestCallback = () => ({ requestCallback: { __typename: 'TooManyRequests', message: 'Réessayez dans 5 minutes.' } })
    await open('')
    await on.choose('[value=liege-solidaire]')
    on.element.addEventListener('passerelle-error', (event) => heard((event as CustomEvent).detail))
    await request()
    expect(status()).toBe(`Réessayez dans 5 minutes. ${on.element.t.kept}`)
    expect(numbers()).toBe(true)
    expect(inside(on.element, '.stack > .number')?.getAttribute('href')).toBe('tel:080043436')
    expect(heard).toHaveBeenCalledWith({ kind: 'limited', retryable: true })
    expect(inside(on.element, '#phone')).toHaveProperty('value', '0470 12 34 56')
    expect(await violations(on.element)).toEqual([])
  })

  test('a key that is taken: our own words, and sent once more it has another one', async () => {
    const heard = vi.fn()
    on.api.answers.RequestCallback = () => ({ requestCallback: { __typename: 'Conflict', message: 'Cette clé a déjà servi.' } })
    await open()
    on.element.addEventListener('passerelle-error', (event) => heard((event as CustomEvent).detail))
    await request()
    expect(status()).toBe(plain(`${on.element.t.conflict} ${on.element.t.kept}`))
    expect(numbers()).toBe(true)
    expect(heard).toHaveBeenCalledWith({ kind: 'failed', retryable: true })
    on.api.answers.RequestCallback = works
    await submit()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    expect([sent().length, keys()]).toEqual([2, 2])
  })

  describe('what it says of something that the page said, which is not asked', () => {
    const refuse = (field: string, message: string) => {
      on.api.answers.RequestCallback = () => ({
        requestCallback: { __typename: 'InvalidInput', message: '', problems: [{ path: ['input', field], message }] },
      })
    }
    const links = () => all(on.element, '.summary a').map((link) => link.getAttribute('href'))
    const lines = [makeLine('liege-solidaire', 'Liège Solidaire'), makeLine('1719', '1719')]

    test('a line that no longer calls back: the choices are read again, and it is asked', async () => {
      refuse('line', 'Cette ligne ne rappelle pas. Appelez le 1718.')
      await open()
      on.api.answers.CallbackChoices = () => ({ ...choices, lines })
      await request()
      expect(links()).toEqual(['#line'])
      expect(all(on.element, '[name=line]').map((radio) => (radio as HTMLInputElement).value)).toEqual(['liege-solidaire', '1719'])
      expect(text(on.element, '#line-error')).toBe('Cette ligne ne rappelle pas. Appelez le 1718.')
      await userEvent.click(inside(on.element, '.summary a') as Element)
      expect(on.element.shadowRoot?.activeElement?.id).toBe('line')
      expect(await violations(on.element)).toEqual([])
      on.api.answers.RequestCallback = works
      await on.choose('[value="1719"]')
      await submit()
      expect(sent()[1]).toMatchObject({ line: '1719', phone: '0470123456' })
    })

    test('one other is left: nothing to choose, so no link, but the numbers', async () => {
      refuse('line', 'Cette ligne ne rappelle pas. Appelez le 1718.')
      await open()
      on.api.answers.CallbackChoices = () => ({ ...choices, lines: lines.slice(1) })
      await request()
      expect(links()).toEqual([])
      expect(text(on.element, '.summary li')).toBe('Cette ligne ne rappelle pas. Appelez le 1718.')
      expect(on.element.shadowRoot?.activeElement?.className).toBe('summary')
      expect(numbers()).toBe(true)
      expect(on.api.of('CallbackTimes').at(-1)?.variables).toEqual({ line: '1719' })
      on.api.answers.RequestCallback = works
      await submit()
      expect(sent()[1]).toMatchObject({ line: '1719' })
      expect(numbers()).toBe(false)
    })

    test('none is left: as where nobody calls back', async () => {
      refuse('line', 'Cette ligne ne rappelle pas. Appelez le 1718.')
      await open()
      on.api.answers.CallbackChoices = () => ({ ...choices, lines: [] })
      await request()
      expect(on.element.matches(':state(empty)')).toBe(true)
      expect(status()).toBe(plain(on.element.t.empty))
      expect(numbers()).toBe(true)
    })

    test('the choices cannot be read again: no link into nowhere, and the numbers', async () => {
      refuse('line', 'Cette ligne n’est pas en service.')
      await open()
      on.api.answers.CallbackChoices = () => Promise.reject(new RequestFailed('unreachable'))
      await request()
      expect([links(), text(on.element, '.summary li'), numbers()]).toEqual([[], 'Cette ligne n’est pas en service.', true])
    })

    test('a need that is no more is asked', async () => {
      refuse('need', 'Ce besoin n’existe plus.')
      await open('line="1718" need="food"')
      on.api.answers.CallbackChoices = () => ({ ...choices, needs: choices.needs.slice(1) })
      await request()
      expect(links()).toEqual(['#need'])
      on.api.answers.RequestCallback = works
      await submit()
      expect(sent()[1]?.need).toBeUndefined()
    })

    test('nothing shows when she has left meanwhile', async () => {
      refuse('line', 'Cette ligne ne rappelle pas.')
      await open()
      let give = (_: unknown) => {}
      on.api.answers.CallbackChoices = () => new Promise((resolve) => (give = resolve))
      await request()
      dispatchEvent(new Event('pagehide'))
      give(choices)
      await settle(on.element)
      expect([on.element.step, on.element.phase, on.element.problems]).toEqual(['start', 'idle', []])
    })
  })

  test('a service that the page names and that is no more is left out; the person notices nothing', async () => {
    on.api.answers.RequestCallback = ({ input }) =>
      (input as unknown as { service?: string }).service
        ? {
            requestCallback: {
              __typename: 'InvalidInput',
              message: '',
              problems: [{ path: ['input', 'service'], message: '« gone » n’existe pas.' }],
            },
          }
        : works()
    await open('line="1718" service="gone"')
    await request()
    expect(text(on.element, '.reference')).toBe(receipt.reference)
    expect([sent().length, keys()]).toEqual([2, 2])
  })

  test('and what she can put right is told without it', async () => {
    const problems = [
      { path: ['input', 'service'], message: '« gone » n’existe pas.' },
      { path: ['input', 'phone'], message: 'Ce numéro est incomplet.' },
    ]
    on.api.answers.RequestCallback = () => ({ requestCallback: { __typename: 'InvalidInput', message: '', problems } })
    await open('line="1718" service="gone"')
    await request()
    expect(all(on.element, '.summary li').map((item) => item.textContent)).toEqual(['Ce numéro est incomplet.'])
    on.api.answers.RequestCallback = works
    await submit()
    expect(sent()[1]).not.toHaveProperty('service')
  })
})

describe('what is not asked of everybody', () => {
  test('news by e-mail and text message only where the server has them', async () => {
    await open()
    expect([inside(on.element, '#email'), inside(on.element, '[name=sms]')]).toEqual([undefined, undefined])
    await request()
    expect(sent()[0]?.safeContact).toMatchObject({ sms: undefined })
  })

  test('where it has, the address is asked for, and a wrong one is said at the field', async () => {
    on.api.answers.CallbackChoices = () => ({ ...choices, noticeChannels: ['EMAIL', 'SMS'] })
    await open()
    expect(inside(on.element, '#email')?.getAttribute('autocomplete')).toBe('email')
    await type('#email', 'ada@example')
    on.api.answers.RequestCallback = () => ({
      requestCallback: {
        __typename: 'InvalidInput',
        message: '',
        problems: [{ path: ['input', 'email'], message: 'Adresse incomplète.' }],
      },
    })
    await request()
    expect(text(on.element, '#email-error')).toBe('Adresse incomplète.')
    expect(sent()[0]).toMatchObject({ email: 'ada@example', safeContact: { sms: false } })
    expect(await violations(on.element)).toEqual([])
  })

  test('the trap for programs is there, empty, and nobody meets it', async () => {
    await open()
    const trap = inside(on.element, '[name=website]') as HTMLInputElement
    expect([trap.tabIndex, trap.autocomplete, trap.closest('[aria-hidden]') !== null]).toEqual([-1, 'off', true])
    expect(getComputedStyle(trap).display).not.toBe('none')
    expect(getComputedStyle(trap.parentElement as Element).clipPath).toBe('inset(50%)')
    expect(trap.parentElement?.textContent).toBe('Laissez ce champ vide')
    await request()
    expect(sent()[0]).not.toHaveProperty('website')
  })

  test('what a program puts into it is sent', async () => {
    await open()
    ;(inside(on.element, '[name=website]') as HTMLInputElement).value = 'https://spam.example'
    await request()
    expect(sent()[0]).toMatchObject({ website: 'https://spam.example' })
  })
})
