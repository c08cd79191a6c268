import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { makeCommune } from './make.ts'
import {
  aid,
  all,
  answers,
  begin,
  choose,
  element,
  end,
  first,
  focused,
  later,
  look,
  near,
  open,
  operations,
  sent,
  settled,
  situation,
  status,
  text,
} from './testing/page.ts'

const communes = [
  makeCommune(),
  makeCommune({ nisCode: '62063', name: 'Liège', postalCodes: ['4000', '4020'] }),
  makeCommune({ nisCode: '62093', name: 'Saint-Nicolas', postalCodes: ['4420'] }),
]
const place = () => first<HTMLInputElement>('#place')
const options = () => all('[role=option]')
const expanded = () => place().getAttribute('aria-expanded')
/** The option that the arrows are on, as a screen reader learns it. */
const active = () => {
  const id = place().getAttribute('aria-activedescendant')
  const [selected, ...others] = all('[aria-selected=true]')
  expect(others).toEqual([])
  expect(selected?.id ?? null).toBe(id)
  return selected?.textContent ?? null
}
const type = async (typed: string) => {
  await userEvent.click(place())
  await userEvent.keyboard(typed)
  await expect.poll(() => expanded()).toBe('true')
}
const press = async (keys: string) => {
  await userEvent.keyboard(keys)
  await element.updateComplete
}

beforeEach(() => {
  begin()
  answers.FinderCommunes = { communes }
})
afterEach(end)

describe('the list of communes', () => {
  test('opens while one types, says how many there are, and chooses nothing by itself', async () => {
    await open()
    expect(expanded()).toBe('false')
    await type('liege')
    expect(options().map((option) => option.textContent)).toEqual(['4500 Huy', '4000 Liège', '4420 Saint-Nicolas'])
    expect(status()).toBe('3 communes proposées')
    expect(active()).toBeNull()
    expect(first(`#${place().getAttribute('aria-controls')}`).role).toBe('listbox')
  })

  test('is walked through with the arrows, round and round', async () => {
    await open()
    await type('hu')
    const walk: unknown[] = []
    for (const key of ['{ArrowDown}', '{ArrowDown}', '{ArrowDown}', '{ArrowDown}', '{ArrowUp}', '{ArrowUp}']) {
      await press(key)
      walk.push(active())
    }
    expect(walk).toEqual(['4500 Huy', '4000 Liège', '4420 Saint-Nicolas', '4500 Huy', '4420 Saint-Nicolas', '4000 Liège'])
    expect(focused()).toBe(place())
  })

  test('begins at its end with the arrow up', async () => {
    await open()
    await type('li')
    await press('{ArrowUp}')
    expect(active()).toBe('4420 Saint-Nicolas')
  })

  test.each(['{Home}', '{End}', '{ArrowLeft}', '{ArrowRight}'])('%s goes back to the text', async (key) => {
    await open()
    await type('li')
    await press('{ArrowDown}')
    await press(key)
    expect(active()).toBeNull()
    expect(expanded()).toBe('true')
    expect(place().selectionStart).toBe({ '{Home}': 0, '{End}': 2, '{ArrowLeft}': 1, '{ArrowRight}': 2 }[key])
  })

  test('gives the chosen one with Enter, without sending the form; the next Enter sends', async () => {
    await open()
    await userEvent.fill(first('#words'), 'mazout')
    await type('li')
    await press('{ArrowDown}{ArrowDown}{Enter}')
    expect(place().value).toBe('4000 Liège')
    expect(expanded()).toBe('false')
    expect(operations()).not.toContain('FinderAid')
    await press('{Enter}')
    await settled()
    expect(situation()).toEqual({ text: 'mazout', nisCode: '62063' })
    expect(operations().filter((operation) => operation === 'FinderCommunes')).toHaveLength(1)
  })

  test('closes with Escape, which empties the field when it was closed already', async () => {
    await open()
    await type('li')
    await press('{Escape}')
    expect([expanded(), place().value]).toEqual(['false', 'li'])
    await press('{ArrowDown}')
    expect([expanded(), active()]).toEqual(['true', '4500 Huy'])
    await press('{Escape}{Escape}')
    expect([expanded(), place().value]).toEqual(['false', ''])
  })

  test('opens with Alt and the arrow, without choosing', async () => {
    await open()
    await type('li')
    await press('{Escape}')
    await press('{Alt>}{ArrowDown}{/Alt}')
    expect([expanded(), active()]).toEqual(['true', null])
  })

  test('closes when one goes on', async () => {
    await open()
    await type('li')
    await press('{Tab}')
    expect(expanded()).toBe('false')
    expect(place().value).toBe('li')
  })

  test('is chosen from with a finger or the mouse, and the focus stays', async () => {
    await open()
    await type('li')
    await userEvent.click(options()[1] as Element)
    expect(place().value).toBe('4000 Liège')
    expect(expanded()).toBe('false')
    expect(focused()).toBe(place())
    for (const option of options()) expect(option.textContent).toBeTruthy()
  })

  test('repeats the search at once when results are there', async () => {
    await open()
    await choose('Énergie et eau')
    await type('li')
    await press('{ArrowDown}{Enter}')
    await settled()
    expect(situation()).toEqual({ needs: ['energy'], nisCode: '61031' })
  })

  test('shows no answer to what was typed before', async () => {
    const slow = later<unknown>()
    answers.FinderCommunes = ({ search }: { search: string }) => (search === 'hu' ? slow.answer : { communes: communes.slice(1, 2) })
    await open()
    await userEvent.fill(place(), 'hu')
    await expect.poll(() => operations()).toContain('FinderCommunes')
    await type('y')
    slow.give({ communes })
    await new Promise((resolve) => setTimeout(resolve))
    await element.updateComplete
    expect(options()).toHaveLength(1)
  })

  test('stays closed when the answer comes after she left the field', async () => {
    const slow = later<unknown>()
    answers.FinderCommunes = () => slow.answer
    await open()
    await userEvent.fill(place(), 'hu')
    await expect.poll(() => operations()).toContain('FinderCommunes')
    await press('{Tab}')
    slow.give({ communes })
    await new Promise((resolve) => setTimeout(resolve))
    await element.updateComplete
    expect(expanded()).toBe('false')
  })
})

describe('the commune', () => {
  test('narrows the search, and what is of the commune alone is near', async () => {
    answers.FinderCommunes = { communes: [makeCommune()] }
    await open()
    await userEvent.fill(place(), '4500')
    await choose('Énergie et eau')
    expect(situation()).toMatchObject({ nisCode: '61031' })
    expect(text('.results .h2')[0]).toBe('Près de chez vous')
    expect(text('.card > .name')[0]).toBe('Près')
  })

  test('is found without its accents', async () => {
    await open()
    await userEvent.fill(place(), 'liege')
    await choose('Énergie et eau')
    expect(situation()).toMatchObject({ nisCode: '62063' })
  })

  test('is asked for by POST', async () => {
    await open()
    await userEvent.fill(place(), 'liege')
    await choose('Énergie et eau')
    expect(sent.find(({ operation }) => operation === 'FinderCommunes')?.options.personal).toBe(true)
  })

  test('is remembered for the next search', async () => {
    await open()
    await userEvent.fill(place(), 'liege')
    await choose('Énergie et eau')
    await choose('← Autre recherche')
    await look('mazout')
    expect(situation()).toEqual({ text: 'mazout', nisCode: '62063' })
  })

  test('has its name in the language of the page', async () => {
    const liege = communes[1] as (typeof communes)[0]
    answers.FinderAid = () => aid([near], { commune: { ...liege, name: element.language === 'de' ? 'Lüttich' : 'Liège' } })
    await open()
    await userEvent.fill(place(), '4020')
    answers.FinderCommunes = { communes: [liege] }
    await choose('Énergie et eau')
    await choose('Chercher')
    expect(place().value).toBe('4020')
    await userEvent.fill(place(), '4020 Liège')
    await choose('Chercher')
    document.documentElement.lang = 'de'
    await expect.poll(() => place().value).toBe('4020 Lüttich')
  })

  test('is asked about when several are meant', async () => {
    const other = makeCommune({ nisCode: '46021', name: 'Saint-Nicolas', postalCodes: ['9100'] })
    answers.FinderCommunes = { communes: [communes[2], other] }
    await open()
    await userEvent.fill(place(), 'saint-nicolas')
    await choose('Énergie et eau')
    expect(status()).toBe('Quelle commune ? 4 résultats')
    expect(situation()).toEqual({ needs: ['energy'] })
    await choose('4420 Saint-Nicolas')
    expect(situation()).toMatchObject({ nisCode: '62093' })
    expect(place().value).toBe('4420 Saint-Nicolas')
    expect(focused()).toBe(place())
  })

  test.each([
    ['unknown', { communes: [] }],
    ['not to be looked up', new RequestFailed('unreachable')],
  ])('that is %s narrows nothing, and says so', async (_, answer) => {
    answers.FinderCommunes = answer
    await open()
    await userEvent.fill(place(), 'Rivage')
    await choose('Énergie et eau')
    expect(status()).toBe('Nous ne trouvons pas cette commune : voici toutes les aides. 4 résultats')
    expect(element.phase).toBe('done')
    expect(place().value).toBe('Rivage')
  })
})
