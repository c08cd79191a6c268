import { expect, test } from 'vitest'
import { atOnce, inTurns, type Steps } from './steps.ts'

function* count(to: number): Steps<number> {
  let n = 0
  while (n < to) {
    n++
    yield
  }
  return n
}

test('work in steps comes to the same result at once and in turns', async () => {
  expect(atOnce(count(1_000))).toBe(1_000)
  expect(await inTurns(count(1_000))).toBe(1_000)
})

test('others have their turn before the work is done', async () => {
  let answered = false
  setImmediate(() => {
    answered = true
  })
  // Ends only because somebody else could do something meanwhile.
  function* untilAnswered(): Steps<string> {
    while (!answered) yield
    return 'done'
  }
  expect(await inTurns(untilAnswered())).toBe('done')
})

test('what goes wrong in a step is told', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first step ends
  function* failing(): Steps<void> {
    throw new Error('no')
  }
  expect(() => atOnce(failing())).toThrow('no')
  await expect(inTurns(failing())).rejects.toThrow('no')
})
