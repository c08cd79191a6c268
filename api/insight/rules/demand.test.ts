import { describe, expect, test } from 'vitest'
import { delayOf, demandOf, fateOf, type RequestFact } from './demand.ts'
import { hiddenIn, rowsOf, totalOf } from './rows.ts'

describe('what became of a request', () => {
  test.each([
    ['NEW', null, false, 'WAITING'],
    ['CLAIMED', null, false, 'WAITING'],
    ['REACHED', null, false, 'UNDER_WAY'],
    ['ESCALATED', null, false, 'WITH_PARTNER'],
    ['UNREACHABLE', 'not_reachable', false, 'NOT_REACHED'],
    ['CANCELLED', null, false, 'WITHDRAWN'],
    ['CLOSED', 'resolved', false, 'RESOLVED'],
    ['CLOSED', 'declined_by_person', false, 'DECLINED_BY_PERSON'],
    ['CLOSED', 'not_reachable', false, 'NOT_REACHED'],
    ['CLOSED', null, false, 'OTHER'],
    ['CLOSED', 'referred_on', true, 'PARTNER_HELPED'],
    ['CLOSED', 'not_reachable', true, 'PARTNER_NOT_HELPED'],
    // A partner had it, and then the person withdrew.
    ['CANCELLED', null, true, 'WITHDRAWN'],
  ] as const)('%s, %s, by a partner: %s: %s', (status, outcome, byPartner, expected) => {
    expect(fateOf({ status, outcome, byPartner })).toBe(expected)
  })
})

describe('how long people waited', () => {
  const minutes = (...some: [times: number, minutes: number][]) => some.flatMap(([times, one]) => Array.from({ length: times }, () => one))

  test.each([
    ['is not said of nineteen', minutes([19, 60]), null],
    ['is said of twenty', minutes([20, 60]), { median: 60, ninetieth: 60 }],
    ['is to the nearest five minutes', minutes([10, 61], [10, 64]), { median: 60, ninetieth: 65 }],
    [
      'has the tenth at half and the eighteenth at nine tenths of twenty',
      minutes([10, 5], [8, 50], [2, 900]),
      { median: 5, ninetieth: 50 },
    ],
  ])('%s', (_, all, expected) => {
    expect(delayOf(all)).toEqual(expected)
    expect(delayOf([...all].reverse())).toEqual(expected)
  })
})

const fact = (need: string, count: number, more: Partial<RequestFact> = {}): RequestFact => ({
  need,
  commune: '62063',
  week: '2026-11-02',
  fate: 'RESOLVED',
  count,
  ...more,
})

describe('rows', () => {
  const period = { from: '2026-11-02', to: '2026-11-08' }

  test('of few requests in all there are none, and nothing says that nobody asked for a need', () => {
    const demand = demandOf(period, {
      requests: [fact('debt', 3)],
      unmet: [{ need: 'debt', commune: '', reason: 'FULL', count: 9 }],
      delays: [],
    })
    expect(totalOf(demand)).toMatchObject({ requests: { shown: 'FEW', value: null }, fates: null, reached: null, escalated: null })
    expect(rowsOf(demand, 'NEED').map(({ need, requests }) => [need, requests])).toEqual([['debt', null]])
    for (const by of ['WEEK', 'COMMUNE', 'NEED_AND_WEEK', 'NEED_AND_COMMUNE'] as const) expect(rowsOf(demand, by)).toEqual([])
  })

  test('a week of few has no delay, even when twenty were called in it', () => {
    // More calls than requests cannot be; here it shows that the one asks for the other.
    const delays = Array.from({ length: 40 }, (_, index) => ({ need: 'debt', week: index % 2 ? '2026-11-02' : '2026-11-09', minutes: 30 }))
    const demand = demandOf(period, {
      requests: [fact('debt', 30), fact('debt', 3, { week: '2026-11-09' }), fact('food', 30), fact('food', 20, { week: '2026-11-16' })],
      unmet: [],
      delays,
    })
    const delayed = rowsOf(demand, 'WEEK').filter(({ delay }) => delay !== null)
    expect(delayed.map(({ week }) => week)).toEqual(['2026-11-02'])
    expect(demand.delays.total).toEqual({ median: 30, ninetieth: 30 })
  })

  test('how many are hidden is how many are not numbers', () => {
    const demand = demandOf(period, {
      requests: [fact('debt', 30), fact('food', 3), fact('work', 2), fact('energy', 9)],
      unmet: [],
      delays: [],
    })
    expect(rowsOf(demand, 'NEED').map(({ requests }) => requests?.shown)).toEqual(['EXACT', 'EXACT', 'FEW', 'FEW', 'EXACT'])
    // The fates of those groups are all alike.
    expect(hiddenIn(demand, 'NEED')).toBe(2)
    expect(hiddenIn(demand, null)).toBe(0)
  })
})
