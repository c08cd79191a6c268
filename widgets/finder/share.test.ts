import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { makeCommune, makeMatch } from './make.ts'
import {
  aid,
  all,
  answers,
  begin,
  button,
  choose,
  element,
  end,
  first,
  focused,
  look,
  near,
  open,
  operations,
  settled,
  situation,
  status,
  text,
} from './testing/page.ts'

const huy = makeCommune()
const here = () => location.href.split('#')[0]

beforeEach(() => {
  begin()
  answers.FinderAid = aid([near, makeMatch()], { commune: huy, needs: [{ code: 'energy' }] })
})
afterEach(() => {
  vi.restoreAllMocks()
  Reflect.deleteProperty(navigator, 'share')
  end()
})

/** Presses "share", and gives what the browser was handed. */
async function shared(): Promise<string> {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await button('Partager cette recherche').click()
  await vi.waitFor(() => expect(write).toHaveBeenCalled(), { timeout: 15_000 })
  return write.mock.calls[0]?.[0] ?? ''
}

describe('a link to a search', () => {
  test('holds the need, the commune and the open service', async () => {
    await open()
    const events: unknown[] = []
    element.addEventListener('passerelle-share', (event) => events.push((event as CustomEvent).detail))
    await userEvent.fill(first('#place'), '4500')
    await choose('Énergie et eau')
    await userEvent.click(first('#s-near summary'))
    expect(await shared()).toBe(`${here()}#passerelle=energy,61031,near`)
    await expect.poll(() => status()).toBe('Lien copié. 2 résultats')
    expect(events).toEqual([{ need: 'energy', commune: '61031', service: 'near' }])
  })

  test('never holds words, age or audience', async () => {
    await open()
    await userEvent.click(first('#who summary'))
    await userEvent.fill(first('#age'), '67')
    await userEvent.click(first('[name=audience]'))
    await look('il me frappe')
    expect(await shared()).toBe(`${here()}#passerelle=energy,,`)
  })

  test('goes through the sharing of the phone where there is one; who changes her mind sees nothing', async () => {
    const share = vi.fn().mockRejectedValue(new DOMException('', 'AbortError'))
    Object.defineProperty(navigator, 'share', { configurable: true, value: share })
    await open()
    await choose('Énergie et eau')
    await button('Partager cette recherche').click()
    expect(share).toHaveBeenCalledWith({ url: `${here()}#passerelle=energy,,` })
    expect(all('#link')).toEqual([])
  })

  test('can be copied by hand where the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError'))
    await open()
    await choose('Énergie et eau')
    await button('Partager cette recherche').click()
    await expect.poll(() => focused()?.id).toBe('link')
    const field = focused() as HTMLInputElement
    expect(field.value).toBe(`${here()}#passerelle=energy,,`)
    expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(field.value)
  })
})

describe('a page opened by such a link', () => {
  test('shows the search, with the commune by its name and the service open, and moves nothing', async () => {
    history.replaceState(null, '', '#passerelle=energy,61031,near')
    await open()
    expect(text('#asked')).toEqual(['Énergie et eau'])
    expect(situation()).toEqual({ needs: ['energy'], nisCode: '61031' })
    expect(first<HTMLInputElement>('#place').value).toBe('4500 Huy')
    expect(first<HTMLDetailsElement>('#s-near details').open).toBe(true)
    expect(text('.results .h2')[0]).toBe('Près de chez vous')
    expect(document.activeElement).toBe(document.body)
    expect(scrollY).toBe(0)
  })

  test('keeps the commune for the next search', async () => {
    history.replaceState(null, '', '#passerelle=energy,61031,')
    await open()
    await choose('← Autre recherche')
    await choose('Alimentation')
    expect(situation()).toEqual({ needs: ['food'], nisCode: '61031' })
  })

  test('wins over what the page names', async () => {
    history.replaceState(null, '', '#passerelle=food,,')
    await open('need=energy')
    expect(text('#asked')).toEqual(['Alimentation'])
  })

  test.each(['#passerelle=<b>,,', '#passerelle=gone,,', '#contact'])('is as ever when the link is not one: %s', async (fragment) => {
    history.replaceState(null, '', fragment)
    await open()
    expect(operations()).toEqual(['FinderStart'])
    expect(element.phase).toBe('idle')
  })

  test('the first finder of a page takes it', async () => {
    history.replaceState(null, '', '#passerelle=food,,')
    const main = document.createElement('main')
    const one = await open('', 'fr', main)
    await open('', 'fr', main)
    await settled()
    expect([one.asked, element.asked]).toEqual([{ need: 'food' }, undefined])
  })
})
