import { describe, expect, test } from 'vitest'
import { type Caller, challengeLimit, freeLimits, levelFor, lookUpLimits, phoneLimit, workedLimits } from './limits.ts'

const page: Caller = { site: { id: 'site-1', callbacksPerHour: 60 }, fromPage: true, address: '192.0.2.1' }
const program: Caller = { ...page, fromPage: false }
const unknown: Caller = { ...program, address: null }
const told = (counted: ReturnType<typeof freeLimits>) =>
  counted.map(({ limit, by }) => `${limit.name} ${limit.points}/${limit.seconds} ${by}`)

describe('what is taken', () => {
  test.each([
    ['a page, without work', freeLimits(page), ['callback.page.free 5/3600 192.0.2.1', 'callback.site.free 60/3600 site-1']],
    ['a page, with work', workedLimits(page), ['callback.page.worked 55/3600 192.0.2.1', 'callback.site.worked 240/3600 site-1']],
    ['a program, without work', freeLimits(program), ['callback.program.free 2/3600 192.0.2.1', 'callback.site.free 60/3600 site-1']],
    ['a program, with work', workedLimits(program), ['callback.program.worked 18/3600 192.0.2.1', 'callback.site.worked 240/3600 site-1']],
    ['nobody knows from where', freeLimits(unknown), ['callback.site.free 60/3600 site-1']],
    ['a page that looks up', lookUpLimits(page), ['callback.page.look-up 30/3600 192.0.2.1']],
    ['a program that looks up', lookUpLimits(program), ['callback.program.look-up 10/3600 192.0.2.1']],
    ['challenges', challengeLimit(page), ['callback.page.challenges 120/3600 192.0.2.1']],
    ['challenges for a program', challengeLimit(program), ['callback.program.challenges 40/3600 192.0.2.1']],
  ])('of %s', (_what, counted, expected) => {
    expect(told(counted)).toEqual(expected)
  })

  test('of a number is counted for each address by itself, so that a stranger learns nothing from it', () => {
    expect(told(phoneLimit(page, '+32470123456'))).toEqual(['callback.phone 3/86400 +32470123456 192.0.2.1'])
    expect(phoneLimit(unknown, '+32470123456')).toEqual([])
  })
})

describe('a challenge', () => {
  test.each([
    ['the first', page, { challenges: 1, worked: 0 }, 1],
    ['the last easy one of an address', page, { challenges: 20, worked: 0 }, 1],
    ['the next', page, { challenges: 21, worked: 0 }, 2],
    ['the last of the middle', page, { challenges: 60, worked: 0 }, 2],
    ['the next one', page, { challenges: 61, worked: 0 }, 3],
    ['of a program, sooner', program, { challenges: 7, worked: 0 }, 2],
    ['of a program that goes on', program, { challenges: 21, worked: 0 }, 3],
    ['of a site that is at twice its quota', page, { challenges: 1, worked: 60 }, 2],
    ['of a site that is at three times its quota', page, { challenges: 1, worked: 120 }, 3],
    ['for nobody knows whom', unknown, { challenges: 0, worked: 59 }, 1],
  ] as const)('%s is of the level it should be', (_what, caller, counts, level) => {
    expect(levelFor(caller, counts)).toBe(level)
  })
})
