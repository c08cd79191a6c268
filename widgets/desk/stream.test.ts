import { afterEach, describe, expect, test, vi } from 'vitest'
import { StaffFailed } from '../shared/staff.ts'
import { Live } from './live.ts'
import { listen, type QueueEvent, readEvents } from './stream.ts'

afterEach(() => vi.restoreAllMocks())

const bytes = (...texts: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })
async function read<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of all) list.push(one)
  return list
}

describe('server-sent events', () => {
  test.each([
    ['one', ['event: next\ndata: {"a":1}\n\n'], [['next', '{"a":1}']]],
    [
      'cut anywhere',
      ['eve', 'nt: next\nda', 'ta: x\n', '\nevent: complete\n\n'],
      [
        ['next', 'x'],
        ['complete', ''],
      ],
    ],
    ['with other line ends', ['event: next\r\ndata: x\r\n\r\n'], [['next', 'x']]],
    ['of several lines', ['data: x\ndata: y\n\n'], [['message', 'x\ny']]],
    [
      'a comment, which only says that the line is alive',
      [':\n\n: ping\n\n'],
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['without its end: not told', ['event: next\ndata: x\n'], []],
  ])('%s', async (_, texts, events) => {
    expect((await read(readEvents(bytes(...texts)))).map(({ name, data }) => [name, data])).toEqual(events)
  })
})

describe('the stream of the queue', () => {
  const event = { at: '2026-11-23T09:00:00.000Z', version: '1', waiting: 1, due: 1, overdue: 0 }
  const answer = (body: BodyInit, type = 'text/event-stream', status = 200) =>
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status, headers: { 'content-type': type } }))
  const listening = () => read(listen({ api: 'https://a.example', language: 'fr' }))

  test('is asked for by POST with the session, and read until it is complete', async () => {
    const asked = answer(
      bytes(':\n\n', `event: next\ndata: ${JSON.stringify({ data: { callbackQueue: event } })}\n\n`, 'event: complete\n\n'),
    )
    expect(await listening()).toEqual([event])
    const [url, init] = asked.mock.calls[0] as [string, RequestInit]
    expect([url, init.method, init.credentials]).toEqual(['https://a.example/graphql', 'POST', 'same-origin'])
    expect(init.headers).toMatchObject({ accept: 'text/event-stream' })
    expect(JSON.parse(String(init.body)).query).toContain('subscription DeskLive')
  })

  const refused = JSON.stringify({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  test.each([
    ['401', () => answer('', 'text/plain', 401), 'signedOut'],
    ['a refusal in JSON', () => answer(refused, 'application/json'), 'signedOut'],
    ['a refusal in the stream', () => answer(bytes(`event: next\ndata: ${refused}\n\n`)), 'signedOut'],
    ['503', () => answer('', 'text/plain', 503), 'failed'],
    ['a network that breaks', () => vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('x')), 'unreachable'],
  ])('%s is told as what it is', async (_, prepare, kind) => {
    prepare()
    await expect(listening()).rejects.toMatchObject({ kind })
  })
})

describe('staying connected', () => {
  /** Connections that end as told, and what was said and waited meanwhile. */
  async function run(ends: (Error | 'complete' | QueueEvent[])[]) {
    const said: string[] = []
    const pauses: number[] = []
    const stop = new AbortController()
    let shut = ''
    const live = new Live({
      async *listen() {
        const end = ends.shift()
        if (!end) return stop.abort()
        if (end instanceof Error) throw end
        if (end !== 'complete') yield* end
      },
      heard: () => said.push('heard'),
      linked: (link) => said.push(link),
      shut: ({ kind }) => {
        shut = kind
      },
    })
    live.pause = async (ms) => {
      pauses.push(ms)
    }
    await live.run(stop.signal)
    return { said, pauses, shut }
  }
  const event = {} as QueueEvent
  const broken = () => new StaffFailed('unreachable')

  test('connects again after every break, later each time, and says after three that it only reads now and then', async () => {
    const { said, pauses } = await run([[event], broken(), broken(), broken(), broken(), [event]])
    expect(said).toEqual(['live', 'heard', 'connecting', 'polling', 'live', 'heard', 'connecting'])
    const order = pauses.slice(0, 5)
    for (const [index, pause] of order.entries()) {
      expect(pause).toBeGreaterThanOrEqual(750 * 2 ** index)
      expect(pause).toBeLessThanOrEqual(1250 * 2 ** index)
    }
    expect(pauses[5], 'once it was told something the pauses begin anew').toBeLessThanOrEqual(1250)
  })

  test('never waits longer than half a minute and a quarter', async () => {
    const { pauses } = await run(Array.from({ length: 12 }, broken))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(37_500)
  })

  test.each(['signedOut', 'forbidden'] as const)('%s ends it', async (kind) => {
    const { pauses, shut } = await run([new StaffFailed(kind), [event]])
    expect([pauses, shut]).toEqual([[], kind])
  })
})
