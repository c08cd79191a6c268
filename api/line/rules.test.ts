import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../directory/make.ts'
import { makeNeed } from '../taxonomy/make.ts'
import { makeLine, makeMenuEntry } from './make.ts'
import { emergencyLines, menuOn } from './rules.ts'

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
