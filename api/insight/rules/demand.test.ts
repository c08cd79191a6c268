import { describe, expect, test } from 'vitest'
import { bySide } from '../../testing/demand.ts'
import { type Answers, delayOf, demandOf, fateOf, type PartnerFacts, returnOf, saidOf } from './demand.ts'
import type { Count } from './publication.ts'
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
    // These three are not told apart: two of them are among the unmet needs, too.
    ['CLOSED', 'no_help_available', false, 'NOT_HELPED'],
    ['CLOSED', 'not_eligible', false, 'NOT_HELPED'],
    ['CLOSED', 'declined_by_person', false, 'NOT_HELPED'],
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

describe('why a case ended without an outcome', () => {
  test.each([
    ['REJECTED', null, 'REFUSED'],
    ['FAILED', null, 'FAILED'],
    ['CANCELLED', 'REROUTED', 'MOVED_ON'],
    ['CANCELLED', 'TAKEN_BACK', 'TAKEN_BACK'],
    ['CANCELLED', 'AGREEMENT_WITHDRAWN', 'WITHDRAWN'],
    ['CANCELLED', 'ERASED', 'WITHDRAWN'],
  ] as const)('%s, %s: %s', (state, reason, expected) => {
    expect(returnOf({ state, reason })).toBe(expected)
  })
})

describe('how long people waited', () => {
  const waits = (...some: [times: number, minutes: number][]) => some.map(([count, minutes]) => ({ count, minutes }))

  test.each([
    ['is not said of nineteen', waits([19, 60]), null],
    ['is said of twenty', waits([20, 60]), { median: 60, ninetieth: 60 }],
    ['is to the nearest five minutes', waits([10, 61], [10, 64]), { median: 60, ninetieth: 65 }],
    ['has the tenth at half and the eighteenth at nine tenths of twenty', waits([10, 5], [8, 50], [2, 900]), { median: 5, ninetieth: 50 }],
  ])('%s', (_, all, expected) => {
    expect(delayOf(all)).toEqual(expected)
    expect(delayOf([...all].reverse())).toEqual(expected)
  })
})

describe('what people said', () => {
  const said = (count: number, contacted: boolean, useful: boolean | null, stillNeeded: boolean): Answers => ({
    contacted,
    useful,
    stillNeeded,
    count,
  })
  const exact = (value: number): Count => ({ shown: 'EXACT', value })

  test('is said of twenty, to the nearest ten per cent; of fewer that it was useful nothing is', () => {
    const answers = [said(12, true, true, false), said(4, true, false, true), said(4, false, null, true)]
    expect(saidOf(answers, exact(40))).toEqual({ contacted: 80, useful: null, stillNeeded: 40 })
    expect(saidOf([...answers, said(7, true, true, false)], exact(40))).toEqual({ contacted: 90, useful: 80, stillNeeded: 30 })
    expect(saidOf([said(19, true, true, false)], exact(40))).toBeNull()
  })

  test('is not said where it would tell with how many a partner came to an end', () => {
    const answers = [said(25, true, true, false)]
    expect(saidOf(answers, exact(25))).not.toBeNull()
    // Answers of people who came back to the line.
    expect(saidOf(answers, exact(19))).toBeNull()
    expect(saidOf(answers, { shown: 'WITHHELD', value: null })).toBeNull()
  })
})

type Alike = { need: string; count: number; commune: string; week: string; fate: 'RESOLVED' }
const fact = (need: string, count: number, more: Partial<Alike> = {}): Alike => ({
  need,
  commune: '62063',
  week: '2026-11-02',
  fate: 'RESOLVED',
  count,
  ...more,
})
const facts = (...all: Alike[]) => bySide(all, ['week', 'commune', 'fate'])
const NO_PARTNERS: PartnerFacts = { answer: [], outcome: [], returned: [], said: [] }

describe('rows', () => {
  const period = { from: '2026-11-02', to: '2026-11-08' }

  test('of few requests in all there are none', () => {
    const demand = demandOf(period, { requests: facts(fact('debt', 3)), waits: [], partners: NO_PARTNERS })
    expect(totalOf(demand)).toMatchObject({ requests: { shown: 'FEW', value: null }, fates: null, reached: null, escalated: null })
    for (const by of ['NEED', 'WEEK', 'COMMUNE', 'NEED_AND_WEEK', 'NEED_AND_COMMUNE'] as const) expect(rowsOf(demand, by)).toEqual([])
  })

  test('a week of few has no delay, even when twenty were called in it', () => {
    // More calls than requests cannot be; here it shows that the one asks for the other.
    const wait = { minutes: 30, count: 20 }
    const demand = demandOf(period, {
      requests: facts(
        fact('debt', 30),
        fact('debt', 3, { week: '2026-11-09' }),
        fact('food', 30),
        fact('food', 20, { week: '2026-11-16' }),
      ),
      waits: [
        { ...wait, side: 'need', key: 'debt', count: 40 },
        { ...wait, side: 'week', key: '2026-11-02' },
        { ...wait, side: 'week', key: '2026-11-09' },
      ],
      partners: NO_PARTNERS,
    })
    const delayed = rowsOf(demand, 'WEEK').filter(({ delay }) => delay !== null)
    expect(delayed.map(({ week }) => week)).toEqual(['2026-11-02'])
    expect(demand.delays.total).toEqual({ median: 30, ninetieth: 30 })
  })

  test('how many are hidden is how many are not numbers', () => {
    const demand = demandOf(period, {
      requests: facts(fact('debt', 30), fact('food', 3), fact('work', 2), fact('energy', 9)),
      waits: [],
      partners: NO_PARTNERS,
    })
    expect(rowsOf(demand, 'NEED').map(({ requests }) => requests?.shown)).toEqual(['EXACT', 'EXACT', 'FEW', 'FEW', 'EXACT'])
    // The fates of those groups are all alike.
    expect(hiddenIn(demand, 'NEED')).toBe(2)
    expect(hiddenIn(demand, null)).toBe(0)
  })
})

describe('partners', () => {
  test('have few refusals hidden, and another number with them', () => {
    const returned = [
      { key: 'REFUSED' as const, count: 3 },
      { key: 'FAILED' as const, count: 6 },
      { key: 'REFUSED' as const, count: 1 },
      { key: 'MOVED_ON' as const, count: 9 },
    ]
    const { partners } = demandOf(
      { from: '2026-11-02', to: '2026-11-08' },
      { requests: [], waits: [], partners: { ...NO_PARTNERS, returned } },
    )
    expect(partners.returned.total.value).toBe(19)
    expect(partners.returned.counts.map(({ key, count }) => `${key} ${count.shown} ${count.value}`)).toEqual([
      'REFUSED FEW null',
      'FAILED WITHHELD null',
      'MOVED_ON EXACT 9',
    ])
  })
})
