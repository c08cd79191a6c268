import { expect, test } from 'vitest'
import { TooManyRequests } from '../errors.ts'
import { MOST, MOST_OF_ONE, oneByOne } from './actions/one-by-one.ts'

/** Work that ends when it is told to. */
function works() {
  const ends: (() => void)[] = []
  const begun: string[] = []
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name)
      ends.push(() => resolve(name))
    })
  return { begun, work, end: () => ends.shift()?.() }
}

test('large work is done one at a time, in its order, and what fails stops nobody', async () => {
  const { begun, work, end } = works()
  const pool = {}
  const all = [
    oneByOne(pool, 'a', work('first')),
    oneByOne(pool, 'b', () => Promise.reject(new Error('no'))).catch(String),
    oneByOne(pool, 'a', work('third')),
  ]
  await expect.poll(() => begun).toEqual(['first'])
  end()
  await expect.poll(() => begun).toEqual(['first', 'third'])
  end()
  expect(await Promise.all(all)).toEqual(['first', 'Error: no', 'third'])
  // Another pool waits for nobody.
  expect(await oneByOne({}, 'a', async () => 'other')).toBe('other')
})

test('so many wait, and so many of one person; whoever was refused may come again', async () => {
  const { begun, work, end } = works()
  const pool = {}
  const some = (who: string, count: number) => Array.from({ length: count }, () => oneByOne(pool, who, work(who)))
  const all = some('a', MOST_OF_ONE)
  await expect(oneByOne(pool, 'a', work('a'))).rejects.toBeInstanceOf(TooManyRequests)
  for (let who = 0; all.length < MOST; who++) all.push(...some(`other ${who}`, Math.min(MOST_OF_ONE, MOST - all.length)))
  await expect(oneByOne(pool, 'new', work('new'))).rejects.toBeInstanceOf(TooManyRequests)
  for (let done = 1; done <= MOST; done++) {
    await expect.poll(() => begun.length).toBe(done)
    end()
  }
  await Promise.all(all)
  expect(await oneByOne(pool, 'a', async () => 'again')).toBe('again')
})
