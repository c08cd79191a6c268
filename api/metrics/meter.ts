import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { version } from '../../package.json'
import type { Operation } from '../http/yoga.ts'
import type { Gauges } from './gauges.ts'
import { RequestTimes, register } from './tally.ts'

/** What is measured of a running process: counts and times, of nobody and of nothing that somebody wrote. */
export type Meter = {
  /** A request was answered. */
  request(route: string, status: number, ms: number): void
  /** A GraphQL operation came to its end, or its stream began. */
  operation(operation: Operation): void
  /** Everything, in the text format of Prometheus. */
  text(): Promise<string>
  contentType: string
}

/** In seconds: most reads are answered in less than a millisecond, a write in some tens. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const REQUESTS = 'passerelle_http_request_seconds'

/** @param gauges what is read at the moment of the question */
export function openMeter(gauges: Gauges): Meter {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new RequestTimes(BUCKETS)
  register(registry, {
    name: REQUESTS,
    help: 'Requests by the first part of their path and the status of the answer: how many, and how long until the answer was there.',
    type: 'histogram',
    values: () => requests.values(REQUESTS),
  })
  const none = () => ({ ok: 0, failed: 0 })
  const operations = { query: none(), mutation: none(), subscription: none(), none: none() }
  register(registry, {
    name: 'passerelle_graphql_operations_total',
    help: 'GraphQL operations by kind (query, mutation, subscription, or none when it could not be read) and outcome (ok, failed).',
    type: 'counter',
    values: () =>
      Object.entries(operations).flatMap(([kind, counts]) =>
        Object.entries(counts).map(([outcome, value]) => ({ labels: { kind, outcome }, value })),
      ),
  })
  new Gauge({ name: 'passerelle_build_info', help: 'Which version runs.', labelNames: ['version', 'node'], registers }).set(
    { version, node: process.version },
    1,
  )
  gauges.register(registers)
  return {
    request: (route, status, ms) => requests.observe(route, status, ms / 1_000),
    operation: ({ kind, failed }) => {
      operations[kind ?? 'none'][failed ? 'failed' : 'ok']++
    },
    async text() {
      await gauges.read()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
