import { describe, expect, test } from 'vitest'
import type { Line } from '../directory/snapshot.ts'
import { makeSnapshot } from '../directory/make.ts'
import { makeNeed } from '../taxonomy/make.ts'
import { makeLine, makeMenuEntry } from './make.ts'
import { makeSchedule } from '../service/make.ts'
import { emergencyLines, lineInstead, menuOn, presentLine } from './rules.ts'

describe('the menu of a day', () => {
  const line = makeLine('liege-solidaire', {
    menu: [
      makeMenuEntry(6, { validFrom: '2020-12-01' }),
      makeMenuEntry(2),
      makeMenuEntry(1, { validTo: '2021-01-31', texts: { FR: { label: 'Soutien seniors' } } }),
      makeMenuEntry(1, { validFrom: '2021-02-01', texts: { FR: { label: 'Vaccination' } } }),
    ],
  })
  test.each([
    ['before the sixth key was added', '2020-11-30', [1, 2]],
    ['on the day it was', '2020-12-01', [1, 2, 6]],
    ['on the last day of the first key', '2021-01-31', [1, 2, 6]],
    ['on the day the first key changed its purpose', '2021-02-01', [1, 2, 6]],
  ])('%s', (_what, day, positions) => {
    expect(menuOn(line, day).map(({ position }) => position)).toEqual(positions)
  })

  test('a key that changes its purpose has one meaning each day', () => {
    expect(menuOn(line, '2021-01-31')[0]?.texts.FR?.label).toBe('Soutien seniors')
    expect(menuOn(line, '2021-02-01')[0]?.texts.FR?.label).toBe('Vaccination')
  })

  test('a new purpose holds though nobody ended the old one', () => {
    const renewed = makeLine('line', {
      menu: [makeMenuEntry(1, { validFrom: '2021-02-01', texts: { FR: { label: 'Vaccination' } } }), makeMenuEntry(1)],
    })
    expect(menuOn(renewed, '2021-01-31').map(({ texts }) => texts.FR?.label)).toEqual(['menu 1'])
    expect(menuOn(renewed, '2021-02-01').map(({ texts }) => texts.FR?.label)).toEqual(['Vaccination'])
  })

  test('the line itself keeps its entries as they were', () => {
    menuOn(line, '2021-02-01')
    expect(line.menu.map(({ position }) => position)).toEqual([6, 2, 1, 1])
  })
})

describe('whom to call first', () => {
  const partner = makeNeed('violence.partner', { urgency: 'DANGER' })
  const assault = makeNeed('violence.sexual-assault', { urgency: 'CRISIS' })
  const shelter = makeNeed('violence.shelter')
  const violence = makeNeed('violence', { urgency: 'DANGER', children: [partner, assault, shelter] })
  const late = makeNeed('debt', { urgency: 'SOON' })
  const directory = makeSnapshot({
    needs: [violence, late],
    lines: [
      makeLine('1718', { kind: 'SOCIAL', needs: [violence, late] }),
      makeLine('ecoute-violence', { kind: 'LISTENING', needs: [violence] }),
      makeLine('ecoute-partenaire', { kind: 'LISTENING', needs: [partner] }),
      makeLine('112', { kind: 'EMERGENCY', needs: [violence] }),
      makeLine('ecoute-dettes', { kind: 'LISTENING', needs: [late] }),
      makeLine('ecoute-fermee', { kind: 'LISTENING', needs: [partner], validTo: '2026-11-16' }),
    ],
  })
  const call = (need: Parameters<typeof emergencyLines>[1]) => emergencyLines(directory, need, '2026-11-17').map(({ slug }) => slug)

  test('emergency before listening, the need itself before its parent', () => {
    expect(call(partner)).toEqual(['112', 'ecoute-partenaire', 'ecoute-violence'])
  })

  test('a line that has ended is not named', () => {
    expect(call(partner)).not.toContain('ecoute-fermee')
  })

  test('a need without a line of its own has those of its parent', () => {
    expect(call(assault)).toEqual(['112', 'ecoute-violence'])
  })

  test('a need has the lines of its sub-needs too', () => {
    expect(call(violence)).toEqual(['112', 'ecoute-violence', 'ecoute-partenaire'])
  })

  test.each([
    ['without urgency', shelter],
    ['with a deadline only', late],
  ])('a need %s has none', (_what, need) => {
    expect(call(need)).toEqual([])
  })

  test('the order of the directory’s lines stays', () => {
    call(partner)
    expect(directory.lines.map(({ slug }) => slug)[0]).toBe('1718')
  })
})

describe('who has taken over', () => {
  const chain = (...ends: (string | null)[]) =>
    ends.reduceRight<Line | null>((successor, validTo, index) => makeLine(`line ${index}`, { validTo, successor }), null) as Line
  test.each([
    ['nobody, while the line is there', chain(null), '2026-11-17', 'line 0'],
    ['nobody, on its last day', chain('2026-11-17', null), '2026-11-17', 'line 0'],
    ['its successor, the day after', chain('2026-11-16', null), '2026-11-17', 'line 1'],
    ['the successor of that one', chain('2021-06-30', '2022-06-30', null), '2026-11-17', 'line 2'],
    ['nobody at all', chain('2021-06-30', '2022-06-30'), '2026-11-17', undefined],
  ])('%s', (_what, line, day, slug) => {
    expect(presentLine(line, day)?.slug).toBe(slug)
  })

  test('two that name each other lead nowhere, and the search ends', () => {
    const one = makeLine('one', { validTo: '2021-06-30' })
    const other = makeLine('other', { validTo: '2021-06-30', successor: one })
    one.successor = other
    expect(presentLine(one, '2026-11-17')).toBeNull()
    expect(lineInstead(one, new Date('2026-11-17T09:00:00Z'))).toBeNull()
  })
})

describe('whom to call in place of a line', () => {
  const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
  const hours = (opensAt: string, closesAt: string) => [makeSchedule({ byday: EVERY_DAY, opensAt, closesAt, openOnHolidays: true })]
  const always = hours('00:00', '00:00')
  const day = hours('09:00', '17:00')
  const [noon, night] = [new Date('2026-11-17T12:00:00+01:00'), new Date('2026-11-17T23:00:00+01:00')]
  const listening = makeLine('ecoute', { schedules: always })
  const early = makeLine('early', { schedules: hours('06:00', '12:00') })
  const cases: [what: string, line: Line, at: Date, instead: string | null][] = [
    ['nobody else while it is open', makeLine('line', { schedules: day, fallback: listening }), noon, null],
    ['its fallback while that one is open', makeLine('line', { schedules: day, fallback: listening }), night, 'ecoute'],
    [
      'the fallback of its fallback',
      makeLine('line', { schedules: day, fallback: makeLine('second', { schedules: day, fallback: listening }) }),
      night,
      'ecoute',
    ],
    ['whichever opens first when all are closed', makeLine('line', { schedules: day, fallback: early }), night, 'early'],
    ['nobody else when it opens first itself', makeLine('line', { schedules: hours('05:00', '17:00'), fallback: early }), night, null],
    ['nobody else when there is nobody', makeLine('line', { schedules: day }), night, null],
    ['nobody else when its hours are not known', makeLine('line', { fallback: listening }), night, null],
    [
      'a fallback whose hours are not known, rather than nobody',
      makeLine('line', { schedules: day, fallback: makeLine('second') }),
      night,
      'second',
    ],
    [
      'one known to be open rather than one whose hours are not known',
      makeLine('line', { schedules: day, fallback: makeLine('second', { fallback: listening }) }),
      night,
      'ecoute',
    ],
    [
      'its successor once it has ended',
      makeLine('line', { validTo: '2021-06-30', schedules: always, successor: makeLine('next', { schedules: day }) }),
      noon,
      'next',
    ],
    [
      'the fallback of its successor while that one is closed',
      makeLine('line', { validTo: '2021-06-30', schedules: always, successor: makeLine('next', { schedules: day, fallback: listening }) }),
      night,
      'ecoute',
    ],
    [
      'its own fallback once it has ended without a successor',
      makeLine('line', { validTo: '2021-06-30', schedules: always, fallback: listening }),
      noon,
      'ecoute',
    ],
    ['nobody once it has ended and names nobody', makeLine('line', { validTo: '2021-06-30', schedules: always }), noon, null],
    [
      'a fallback that has ended gives way to its successor',
      makeLine('line', {
        schedules: day,
        fallback: makeLine('second', { validTo: '2021-06-30', schedules: always, successor: listening }),
      }),
      night,
      'ecoute',
    ],
    [
      'its fallback before its own first day',
      makeLine('line', { validFrom: '2026-12-01', schedules: always, fallback: listening }),
      noon,
      'ecoute',
    ],
    [
      'its fallback before its own first day, its hours not known',
      makeLine('line', { validFrom: '2026-12-01', fallback: listening }),
      noon,
      'ecoute',
    ],
    [
      'its fallback before its own first day, though that one is closed and opens later',
      makeLine('line', { validFrom: '2026-11-18', schedules: always, fallback: makeLine('second', { schedules: day }) }),
      night,
      'second',
    ],
    [
      'its fallback the day after its last, its hours not known',
      makeLine('line', { validTo: '2026-11-16', fallback: listening }),
      noon,
      'ecoute',
    ],
    ['nobody before its first day when it names nobody', makeLine('line', { validFrom: '2026-12-01' }), noon, null],
    [
      'never one that is not in service yet',
      makeLine('line', { validTo: '2026-11-16', successor: makeLine('next', { validFrom: '2026-12-01', fallback: listening }) }),
      noon,
      'ecoute',
    ],
  ]
  test.each(cases)('%s', (_what, line, at, slug) => {
    expect(lineInstead(line, at)?.slug ?? null).toBe(slug)
  })

  test('lines that fall back on each other do not turn in a circle', () => {
    const one = makeLine('one', { schedules: day })
    const other = makeLine('other', { schedules: early.schedules, fallback: one })
    one.fallback = other
    expect(lineInstead(one, night)).toBe(other)
    expect(lineInstead(other, night)).toBeNull()
    expect(lineInstead(one, noon)).toBeNull()
  })
})
