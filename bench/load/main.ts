import autocannon, { type Request } from 'autocannon'
import type { Job, Outcome } from './job.ts'

/** The load generator, in a process of its own: it does a job when told, and sends back the outcome. */
process.on('message', (job: Job) => {
  void run(job).then((outcome) => process.send?.(outcome))
})
process.on('disconnect', () => process.exit())

async function run(job: Job): Promise<Outcome> {
  const latencies: number[] = []
  let first = 0
  let last = 0
  let connection = 0
  const load = autocannon({
    url: job.url,
    connections: job.connections,
    duration: job.seconds,
    ...(job.rate === undefined ? {} : { overallRate: job.rate }),
    sampleInt: 50,
    setupClient: (client) => client.setRequests(requestsOf(job, connection++)),
    verifyBody: (body) => {
      const good = !body.includes('"errors":') && body.includes(job.says ?? '')
      if (!good) console.error(body.slice(0, 300))
      return good
    },
  })
  load.on('response', (_client: unknown, _status: number, _bytes: number, latency: number) => {
    last = performance.now()
    if (first === 0) first = last
    else latencies.push(latency)
  })
  const { errors, timeouts, mismatches, non2xx } = await load
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    rate: (latencies.length / (last - first)) * 1000,
    answered: latencies.length,
    median: at(0.5),
    p99: at(0.99),
    longest: at(1),
    failed: errors + timeouts + mismatches + non2xx,
  }
}

/** Every connection starts elsewhere in the list, so that they do not ask the same at the same moment. */
function requestsOf({ url, requests, numberFrom, ready, connections }: Job, connection: number): Request[] {
  const path = new URL(url).pathname
  const count = numberFrom === null ? requests.length : Math.ceil(ready / connections)
  const begin = numberFrom === null ? Math.floor((requests.length * connection) / connections) : connection * count
  return Array.from({ length: count }, (_, index) => {
    const { body, headers } = requests[(begin + index) % requests.length] as Job['requests'][number]
    return { method: 'POST', path, headers, body: numberFrom === null ? body : numbered(body, numberFrom + begin + index) }
  })
}

const VARIABLES = '"variables":{'
const numbered = (body: string, number: number): string =>
  body.replace(VARIABLES, `${VARIABLES}"request":"${number}",`).replaceAll('{number}', String(number).padStart(7, '0'))
