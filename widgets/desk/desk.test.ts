import { expect, test } from 'vitest'
import { all, text } from '../shared/testing/fixture.ts'
import { usePage } from './testing/page.ts'

const on = usePage()

test('the queue is there, with its numbers', async () => {
  await on.start()
  expect(on.shownRows()).toBe(5)
  expect(text(on.element, '.link')).toBe('En direct')
  expect(all(on.element, '.numbers li').map((one) => one.textContent?.trim())).toContain('1 en retard')
})
