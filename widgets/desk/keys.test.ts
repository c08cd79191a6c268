import { expect, test } from 'vitest'
import { all, inside, shown, text } from '../shared/testing/fixture.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { press, start } = on

test('by keyboard alone: from the queue to the close', async () => {
  await start()
  await press('n')
  expect(on.at()?.id).toBe('call-title')
  await press('r')
  expect(on.at()?.id).toBe('number')
  await press('1')
  expect((on.at() as HTMLButtonElement).value).toBe('REACHED')
  expect(on.server.of('DeskAttempt'), 'the key alone says nothing').toEqual([])
  await press('{Enter}')
  expect(on.server.of('DeskAttempt')[0]?.variables.input).toMatchObject({ outcome: 'REACHED' })
  await press('/')
  expect(on.at()?.id).toBe('words')
  await press('loyer{Enter}')
  expect(on.server.of('DeskAid').at(-1)?.variables.situation).toMatchObject({ text: 'loyer' })
  await press('{Escape}')
  expect(on.at()?.id).toBe('call-title')
  await press('c')
  expect((on.at() as HTMLInputElement).value).toBe('RESOLVED')
  await press(' {Enter}')
  expect(on.server.of('DeskClose')[0]?.variables.input).toMatchObject({ outcome: 'RESOLVED' })
  expect(on.at()?.id).toBe('next')
})

test.each([
  ['2', 'NO_ANSWER'],
  ['5', 'ASKED_LATER'],
  ['8', 'REFUSED'],
])('%s brings the focus to %s', async (key, outcome) => {
  await start()
  await press('n')
  await press(key)
  expect((on.at() as HTMLButtonElement).value).toBe(outcome)
})

test('in a field a letter is a letter, and with Ctrl or Alt it is the browser’s', async () => {
  await start()
  await on.type('#words', 'n rc1/?')
  expect((inside(on.element, '#words') as HTMLInputElement).value).toBe('n rc1/?')
  inside(on.element, '#next')?.focus()
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey', 'isComposing'])
    dispatchEvent(new KeyboardEvent('keydown', { key: 'n', [modifier]: true }))
  await press('{Tab}')
  expect(on.server.of('DeskClaimNext')).toEqual([])
})

test('the list of shortcuts is opened by its key, and they can be switched off; a reload keeps that', async () => {
  await start()
  await press('?')
  expect(on.at()?.id).toBe('keys-title')
  expect(all(on.element, '.keys dt').map((one) => one.textContent)).toEqual(['n', 'r', '1 – 8', '/', 'c', 'Esc', '?'])
  await on.choose('.keys [type=checkbox]')
  await press('{Escape}')
  expect(shown(inside(on.element, '.keys'))).toBe(false)
  expect(on.at()?.id).toBe('keys-button')
  await press('n')
  expect(on.server.of('DeskClaimNext')).toEqual([])
  await on.reload()
  await press('n')
  expect(on.server.of('DeskClaimNext')).toEqual([])
  await press('?')
  await on.choose('.keys [type=checkbox]')
  await press('n')
  expect(on.server.of('DeskClaimNext').length).toBe(1)
})

test('keys stand beside the buttons they are for', async () => {
  await start()
  expect(text(on.element, '#next kbd')).toBe('n')
  await press('n')
  expect(all(on.element, '.outcome kbd').map((one) => one.textContent)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
})
