import type { Registry } from 'prom-client'

/**
 * Counts of what happens ten thousand times a second. prom-client makes a text of the labels each time, which takes longer than answering a
 * read from memory; here it is one look into a map, and the texts are made when somebody asks.
 */
export type Value = { value: number; labels: Record<string, string | number>; metricName?: string }

type Metric = { name: string; help: string; type: 'counter' | 'histogram'; values(): Value[] }

/** Has these values told with all others. */
export function register(registry: Registry, { values, ...metric }: Metric): void {
  const get = async () => ({ ...metric, values: values(), aggregator: 'sum' })
  registry.registerMetric({ name: metric.name, get } as never)
}

type Times = { buckets: number[]; sum: number; count: number; route: string; status: number }

/** How long requests took, by route and status, in buckets. */
export class RequestTimes {
  readonly #bounds: readonly number[]
  readonly #times = new Map<string, Map<number, Times>>()

  /** @param bounds upper bounds of the buckets, in seconds, rising */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
  }

  observe(route: string, status: number, seconds: number): void {
    const times = this.#times.get(route)?.get(status) ?? this.#begin(route, status)
    times.sum += seconds
    times.count++
    let bucket = 0
    while (bucket < this.#bounds.length && seconds > (this.#bounds[bucket] as number)) bucket++
    ;(times.buckets[bucket] as number)++
  }

  #begin(route: string, status: number): Times {
    const times = { buckets: Array(this.#bounds.length + 1).fill(0), sum: 0, count: 0, route, status }
    const ofRoute = this.#times.get(route) ?? new Map<number, Times>()
    this.#times.set(route, ofRoute.set(status, times))
    return times
  }

  /** As Prometheus has histograms: each bucket counts those below, too. */
  values(name: string): Value[] {
    return [...this.#times.values()].flatMap((ofRoute) =>
      [...ofRoute.values()].flatMap(({ buckets, sum, count, route, status }) => {
        let below = 0
        const labels = { route, status }
        return [
          ...buckets.map((number, index) => {
            below += number
            return { metricName: `${name}_bucket`, labels: { le: this.#bounds[index] ?? '+Inf', ...labels }, value: below }
          }),
          { metricName: `${name}_sum`, labels, value: sum },
          { metricName: `${name}_count`, labels, value: count },
        ]
      }),
    )
  }
}
