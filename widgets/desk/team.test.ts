import { describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { all, button, inside, pretend, settle, shown, text } from '../shared/testing/fixture.ts'
import { supervisor } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { click, start } = on
const said = () => text(on.element, '.said')

describe('a supervisor', () => {
  const open = async () => {
    on.server.viewer = supervisor
    await start()
    await click('Équipe')
    await expect.poll(() => all(on.element, 'tbody tr').length).toBe(2)
  }

  test('sees who is on what and since when, and the queue by how late it is', async () => {
    await open()
    expect(on.at()?.id).toBe('page-title')
    expect(all(on.element, 'tbody tr').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Béatrice Dumont FR, NL Énergie 2RT-4QX-9TQ 09:55',
      'Karl-Heinz Müllenmeister DE libre',
    ])
    await expect.poll(() => on.server.of('DeskNow').at(-1)?.variables.order).toBe('OVERDUE')
  })

  test('is reminded when one more is late or soon will be, until she has seen it', async () => {
    on.server.viewer = supervisor
    await start()
    expect(inside(on.element, '#reminder')).toBeUndefined()
    on.server.numbers = { ...on.server.numbers, soonOverdue: 3 }
    await on.hear()
    await expect.poll(() => text(on.element, '#reminder p')).toBe('Rappel : 1 en retard, 3 bientôt en retard.')
    await click('Compris')
    expect(inside(on.element, '#reminder')).toBeUndefined()
    await on.hear()
    await expect.poll(() => on.server.of('DeskNow').length).toBeGreaterThan(2)
    expect(inside(on.element, '#reminder'), 'told once').toBeUndefined()
    on.server.numbers = { ...on.server.numbers, overdue: 2, soonOverdue: 2 }
    await on.hear()
    await expect.poll(() => text(on.element, '#reminder p')).toBe('Rappel : 2 en retard, 2 bientôt en retard.')
    await click('Voir')
    expect(on.at()?.id).toBe('page-title')
    expect(inside(on.element, '#reminder')).toBeUndefined()
  })

  test('nobody else is reminded', async () => {
    await start()
    on.server.numbers = { ...on.server.numbers, overdue: 9 }
    await on.hear()
    await expect.poll(() => text(on.element, '.numbers')).toContain('9 en retard')
    expect(inside(on.element, '#reminder')).toBeUndefined()
  })

  test('gives a request to somebody who is free, or back to the queue', async () => {
    await open()
    const names = all(on.element, '.row select')[0]?.textContent?.replace(/\s+/g, ' ').trim()
    expect(names, 'whoever is on the phone cannot take another').toBe('Karl-Heinz Müllenmeister')
    await click('Confier')
    expect(on.server.of('DeskReassign')[0]?.variables).toEqual({ id: '7km', to: 'm3' })
    expect(said()).toBe('Demande confiée à Karl-Heinz Müllenmeister.')
    await click('Remettre dans la file')
    expect(on.server.of('DeskReassign')[1]?.variables).toEqual({ id: '2rt', to: null })
  })

  test('sets the targets of each line', async () => {
    await open()
    await userEvent.fill(inside(on.element, '#target-liege-solidaire-CRISIS') as HTMLElement, '45')
    await on.press('{Enter}')
    expect(on.server.of('DeskTarget')[0]?.variables.input).toEqual({ line: 'liege-solidaire', urgency: 'CRISIS', minutes: 45 })
    expect(said()).toBe('Enregistré.')
  })

  test('reads who saw what of a request, in words, and comes back to it', async () => {
    await open()
    await click('Qui a vu quoi')
    expect(on.at()?.id).toBe('trail-title')
    expect(all(on.element, 'tbody tr').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      '09:30 Ada Lovelace a vu le numéro',
      '09:30 Ada Lovelace a pris la demande',
      '09:30 Une personne d’une autre organisation a pris la demande',
      '09:30 La personne a demandé un rappel',
    ])
    await click('Retour')
    expect(on.at()?.id).toBe('trail-7km')
  })
})

test('an agent has no such page', async () => {
  await start()
  expect(button(on.element, 'Équipe')).toBeUndefined()
})

describe('the list of a day', () => {
  test('has time, reference, subject and result in the order of the day, and no number', async () => {
    await start()
    on.element.day = '2026-11-23'
    await click('Journée')
    expect(text(on.element, '#page-title')).toBe('Liste du lundi 23 novembre')
    expect(all(on.element, 'tbody tr').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      '09:20 2KM-4QX-9TQ Liège Solidaire Sujet non précisé Pas de réponse',
      '09:40 1KM-4QX-9TQ Liège Solidaire Logement Réglé',
    ])
    await userEvent.fill(inside(on.element, '#day') as HTMLElement, '2026-11-20')
    await settle(on.element)
    expect(on.server.of('DeskDay').at(-1)?.variables.day).toBe('2026-11-20')
  })

  test('is all there is on paper', async () => {
    await start()
    on.element.day = '2026-11-23'
    await click('Journée')
    await pretend({}, 'print')
    expect(shown(inside(on.element, 'table.day'))).toBe(true)
    expect(shown(inside(on.element, '#page-title'))).toBe(true)
    expect(all(on.element, 'header, button, input, .numbers').filter(shown)).toEqual([])
  })

  test('of a call nothing gets on paper', async () => {
    await start()
    await on.call()
    await click('Afficher le numéro')
    await pretend({}, 'print')
    expect(all(on.element, '#number, .words, .notes, .row').filter(shown)).toEqual([])
  })
})
