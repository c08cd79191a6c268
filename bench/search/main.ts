import { mixServices, readSearched, type Searched } from './content.ts'
import { ENGINES, type Engine } from './engines.ts'

const ROUNDS = 5

/**
 * Measures one search engine: recall at 3 with the demonstration content, then with so many services the time to build its index, what it
 * keeps in memory, and what a search costs, everywhere and within a commune (the fastest of five, mean over all queries).
 * Run by `node bench/search.mjs`, in a process of its own each.
 */
export async function measure(name: string, count: number): Promise<Record<string, string | number>> {
  const searched = await readSearched()
  const make = ENGINES[name]
  if (!make) throw new Error(`no engine ${name}`)
  const { queries, communesByNis } = searched

  const [inView, heldBack] = await recallOf(await make(searched), queries)

  const services = mixServices(searched, count)
  // The code is warm, as in a process that follows a change.
  for (let i = 0; i < 5 && count <= 300; i++) await make({ ...searched, services })
  const began = process.cpuUsage()
  let measured: Engine | null = await make({ ...searched, services })
  const { user, system } = process.cpuUsage(began)

  const communes = [...communesByNis.values()].filter(({ region }) => region === 'wallonie')
  const time = async (search: (text: string, i: number) => unknown) => {
    const fastest = queries.map(() => Number.POSITIVE_INFINITY)
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, { text }] of queries.entries()) {
        const from = performance.now()
        await search(text, i)
        fastest[i] = Math.min(fastest[i] as number, performance.now() - from)
      }
    }
    return Number((fastest.reduce((sum, ms) => sum + ms, 0) / fastest.length).toFixed(2))
  }
  const anywhere = await time((text) => measured?.services(text))
  const inCommune = await time((text, i) => measured?.services(text, communes[(i * 7) % communes.length]))
  const full = heap()
  measured = null
  const kept = full - heap()
  return {
    engine: name,
    services: count,
    'recall, in view': inView,
    'recall, held back': heldBack,
    'build, CPU ms': Math.round((user + system) / 1000),
    'heap MB': Math.round(kept),
    'anywhere ms': anywhere,
    'in a commune ms': inCommune,
  }
}

/** Of the queries in view, and of those held back, how many find something expected among the first three of either list. */
async function recallOf(engine: Engine, queries: Searched['queries']): Promise<[inView: string, heldBack: string]> {
  const found = new Map<Searched['queries'][number], boolean>()
  for (const query of queries) {
    const first = [...(await engine.services(query.text)).slice(0, 3), ...(await engine.faqEntries(query.text)).slice(0, 3)]
    found.set(
      query,
      first.some(({ slug }) => query.expected.includes(slug)),
    )
  }
  const part = (heldBack: boolean) => {
    const some = queries.filter((query) => query.heldBack === heldBack)
    return percent(some.filter((query) => found.get(query)).length / some.length)
  }
  return [part(false), part(true)]
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`

function heap(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1_000_000 + process.memoryUsage().arrayBuffers / 1_000_000
}
