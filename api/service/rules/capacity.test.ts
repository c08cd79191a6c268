import { expect, test } from 'vitest'
import { isFull } from './capacity.ts'

const places = (...available: number[]) => ({
  capacities: available.map((left, index) => ({
    unit: `unit ${index}`,
    available: left,
    maximum: null,
    updated: new Date('2026-11-17T08:00:00Z'),
  })),
})

test.each([
  ['where nothing is counted there is always a place', places(), false],
  ['a place left', places(1), false],
  ['none left', places(0), true],
  ['fewer than none', places(-1), true],
  ['beds are gone, appointments are left', places(0, 3), false],
  ['all are gone', places(0, 0), true],
])('%s', (_what, service, expected) => {
  expect(isFull(service)).toBe(expected)
})
