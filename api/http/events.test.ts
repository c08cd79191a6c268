import { connect } from 'node:net'
import type { ExecutionResult } from 'graphql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SignInRequired } from '../errors.ts'
import { Events } from '../testing/events.ts'
import { eventStream, TIMING } from './events.ts'
import type { Answer } from './exchange.ts'
import { type HttpServer, listen } from './server.ts'

/** Results that a test gives one by one. */
class Source implements AsyncIterableIterator<ExecutionResult> {
  over = false
  given = 0
  #wake: ((result: IteratorResult<ExecutionResult>) => void) | undefined

  /** Gives one to whoever waits; false when nobody does. */
  give(data: Record<string, unknown>): boolean {
    const wake = this.#wake
    this.#wake = undefined
    if (wake) this.given++
    wake?.({ value: { data }, done: false })
    return wake !== undefined
  }

  next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.over) return Promise.resolve({ value: undefined, done: true })
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.over = true
    this.#wake?.({ value: undefined, done: true })
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

let server: HttpServer
let address: string
let source: Source
let errors: object[]
beforeEach(async () => {
  errors = []
  source = new Source()
  server = await listen('127.0.0.1', 0, (event) => errors.push(event))
  address = `http://127.0.0.1:${server.port}`
})
afterEach(async () => {
  await server.close()
  expect(errors).toEqual([])
})

const HEADERS = ['cache-control', 'no-store, no-transform', 'content-type', 'text/event-stream; charset=utf-8']
/** Answers everything with the stream. */
function serve(stillMay: () => Promise<boolean> = async () => true, timing: Partial<typeof TIMING> = {}): void {
  const stream = eventStream(source, { stillMay, timing: { ...TIMING, ...timing } })
  server.serve((): Answer => ({ status: 200, headers: HEADERS, body: null, stream }))
}
const read = async () => new Events(await fetch(address))
const END = { event: 'complete', data: null }
/** Waits until the source is asked for more, and gives it. */
const give = (data: Record<string, unknown>) => expect.poll(() => source.give(data), { interval: 5 }).toBe(true)

describe('a stream over a connection', () => {
  test('tells each result as it comes, and its end', async () => {
    serve()
    const events = await read()
    expect(events.response.headers.get('content-length')).toBeNull()
    await give({ a: 1 })
    expect(await events.next()).toEqual({ event: 'next', data: { data: { a: 1 } } })
    await give({ a: 'é\n\nb' })
    expect(await events.next()).toEqual({ event: 'next', data: { data: { a: 'é\n\nb' } } })
    await source.return()
    expect([await events.next(), await events.next()]).toEqual([END, null])
  })

  test('says now and then that it is there', async () => {
    serve(undefined, { pingMs: 10 })
    const events = await read()
    const next = events.next()
    await expect.poll(() => events.comments).toBeGreaterThan(3)
    await give({})
    expect((await next)?.event).toBe('next')
  })

  test('ends with its reader, who says nothing', async () => {
    serve()
    const events = await read()
    await give({})
    await events.next()
    await events.close()
    await expect.poll(() => source.over).toBe(true)
  })

  test('ends when its reader is cut off in the middle', async () => {
    serve()
    const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.resetAndDestroy()
    await expect.poll(() => source.over).toBe(true)
  })

  test('asks for no more than its reader takes', async () => {
    serve(undefined, { pingMs: 1 })
    const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    const large = 'x'.repeat(1_000_000)
    // What fits into the system's buffers is sent; then nothing more is asked for.
    let idle = 0
    while (idle < 50 && source.given < 1_000) {
      idle = source.give({ large }) ? 0 : idle + 1
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(source.given).toBeLessThan(100)
    const { given } = source
    socket.resume()
    await expect.poll(() => source.give({ large })).toBe(true)
    expect(source.given).toBe(given + 1)
    socket.destroy()
    await expect.poll(() => source.over).toBe(true)
  })

  test('ends when the server stops, which does not wait for it', async () => {
    serve()
    const events = await read()
    await give({})
    await events.next()
    const began = performance.now()
    const closed = server.close()
    expect([await events.next(), await events.next()]).toEqual([END, null])
    await closed
    expect(source.over).toBe(true)
    expect(performance.now() - began).toBeLessThan(2_500)
  })

  test('that is asked for while the server stops is over at once', async () => {
    serve()
    const events = await read()
    const closed = server.close()
    const late = await read()
    expect([await late.next(), await late.next()]).toEqual([END, null])
    await events.close()
    await closed
  })
})

describe('a stream lasts', () => {
  test('until its reader may no longer read', async () => {
    let may = true
    let asked = 0
    serve(
      async () => {
        asked++
        return may
      },
      { checkMs: 10 },
    )
    const events = await read()
    await expect.poll(() => asked).toBeGreaterThan(3)
    may = false
    expect(await events.next()).toEqual(END)
    expect(source.over).toBe(true)
  })

  test('no longer than it takes to fail twice to find out', async () => {
    let asked = 0
    const answers = [new Error('away'), true, new Error('away'), new Error('away')]
    serve(
      async () => {
        const answer = answers[asked++]
        if (answer instanceof Error) throw answer
        return true
      },
      { checkMs: 10 },
    )
    expect(await (await read()).next()).toEqual(END)
    expect(asked).toBe(4)
  })

  test('not a moment longer when her token is refused', async () => {
    let asked = 0
    serve(
      async () => {
        asked++
        throw new SignInRequired()
      },
      { checkMs: 10 },
    )
    expect(await (await read()).next()).toEqual(END)
    expect(asked).toBe(1)
  })

  test('for its time at the longest', async () => {
    serve(undefined, { longestMs: 50 })
    expect(await (await read()).next()).toEqual(END)
  })

  test('as the documentation says', () => {
    expect(TIMING).toEqual({ pingMs: 15_000, checkMs: 30_000, longestMs: 8 * 3_600_000 })
  })
})
