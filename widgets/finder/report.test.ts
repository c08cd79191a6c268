import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { all, answers, begin, choose, element, end, first, focused, later, open, sent, settled, text, violations } from './testing/page.ts'

const received = { suggestCorrection: { __typename: 'CorrectionReceipt' } }
const begun = async (card = '#s-near') => {
  await open()
  await choose('Énergie et eau')
  await userEvent.click(first(`${card} summary`))
  await userEvent.click(page.elementLocator(first(`${card} details`)).getByRole('button', { name: 'Signaler une erreur' }))
  await element.updateComplete
}
const send = async () => {
  await userEvent.click(first('.report > button'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  await settled()
}
const reports = () => sent.filter(({ operation }) => operation === 'FinderReport')

beforeEach(() => {
  begin()
  answers.FinderReport = received
})
afterEach(end)

describe('something is wrong with a service', () => {
  test('can be said where it stands, with a few words', async () => {
    await begun()
    expect(focused().id).toBe('topic')
    await userEvent.selectOptions(focused(), 'Les horaires')
    await userEvent.fill(first('#message'), 'Fermé le lundi.')
    expect(await violations()).toEqual([])
    await send()
    expect(reports().map(({ variables }) => variables)).toEqual([
      { input: { service: 'near', topic: 'HOURS', message: 'Fermé le lundi.' } },
    ])
    expect(text('#thanks')).toEqual(['Merci, nous allons vérifier.'])
    expect(focused().id).toBe('thanks')
    expect(all('.card > .name')).toHaveLength(3)
  })

  test('keeps what was typed when it was not received, and says why', async () => {
    answers.FinderReport = new RequestFailed('unreachable')
    await begun()
    await userEvent.fill(first('#message'), 'Fermé le lundi.')
    await send()
    expect(text('#message-error')).toEqual(['Le service ne répond pas.'])
    expect(first<HTMLTextAreaElement>('#message').value).toBe('Fermé le lundi.')
    answers.FinderReport = { suggestCorrection: { __typename: 'TooManyRequests', message: 'Réessayez demain.' } }
    await send()
    expect(text('#message-error')).toEqual(['Réessayez demain.'])
  })

  test('is sent once, however often one presses', async () => {
    const slow = later<unknown>()
    answers.FinderReport = () => slow.answer
    await begun()
    await userEvent.dblClick(first('.report > button'))
    slow.give(received)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(reports()).toHaveLength(1)
  })

  test('is not thanked for after she began anew', async () => {
    const slow = later<unknown>()
    answers.FinderReport = () => slow.answer
    await begun()
    await send()
    element.reset()
    slow.give(received)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await element.updateComplete
    expect(all('#thanks')).toEqual([])
    expect(element.report).toBeUndefined()
  })
})

test('something is wrong with a question', async () => {
  await begun('li:has(.question)')
  await send()
  expect(reports()[0]?.variables.input).toMatchObject({ faqEntry: 'cuve-mazout-vide', topic: 'CONTACT' })
  expect(reports()[0]?.variables.input).not.toHaveProperty('service')
})
