import { Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { RequestTimes, register } from './tally.ts'

const BOUNDS = [0.001, 0.01, 0.1]

test('times are told to the letter as prom-client tells them', async () => {
  const mine = new Registry()
  const times = new RequestTimes(BOUNDS)
  register(mine, { name: 'x_seconds', help: 'How long.', type: 'histogram', values: () => times.values('x_seconds') })
  const theirs = new Registry()
  const histogram = new Histogram({
    name: 'x_seconds',
    help: 'How long.',
    labelNames: ['route', 'status'],
    buckets: BOUNDS,
    registers: [theirs],
  })
  for (const [index, seconds] of [0, 0.0005, 0.001, 0.0011, 0.01, 0.05, 0.1, 0.2, 30].entries()) {
    const [route, status] = index % 2 ? (['graphql', 200] as const) : (['other', 404] as const)
    times.observe(route, status, seconds)
    histogram.observe({ route, status }, seconds)
  }
  const sorted = (text: string) => text.split('\n').sort()
  expect(sorted(await mine.metrics())).toEqual(sorted(await theirs.metrics()))
})
