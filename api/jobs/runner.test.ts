import { describe, expect, test } from 'vitest'
import { type Job, openRunner } from './runner.ts'

/** A job whose runs begin, and end when they are told to. */
function steppedJob() {
  const begun: { end: () => void; fail: (error: Error) => void; stop: AbortSignal }[] = []
  let atOnce = 0
  let most = 0
  const job: Job = {
    name: 'stepped',
    everyMs: 1,
    run: (stop) => {
      most = Math.max(most, ++atOnce)
      return new Promise<void>((end, fail) => begun.push({ end, fail, stop })).finally(() => atOnce--)
    },
  }
  return { job, begun, most: () => most }
}
const runs = (begun: unknown[], count: number) => expect.poll(() => begun.length).toBe(count)

describe('the runner', () => {
  test('runs a job again and again, and never twice at once', async () => {
    const { job, begun, most } = steppedJob()
    const runner = openRunner([job], () => {})
    runner.start()
    await runs(begun, 1)
    const once = runner.runOnce()
    begun[0]?.end()
    await runs(begun, 2)
    begun[1]?.end()
    await once
    await runs(begun, 3)
    const closed = runner.close()
    begun[2]?.end()
    await closed
    expect(begun).toHaveLength(3)
    expect(most()).toBe(1)
  })

  test('tells of the first failure in a row, and goes on', async () => {
    const { job, begun } = steppedJob()
    const failures: [string, unknown][] = []
    const runner = openRunner([job], (...failure) => failures.push(failure))
    runner.start()
    const errors = ['first', 'second', 'third'].map((message) => new Error(message))
    await runs(begun, 1)
    begun[0]?.fail(errors[0] as Error)
    await runs(begun, 2)
    begun[1]?.fail(errors[1] as Error)
    await runs(begun, 3)
    begun[2]?.end()
    await runs(begun, 4)
    begun[3]?.fail(errors[2] as Error)
    await runs(begun, 5)
    expect(failures).toEqual([
      ['stepped', errors[0]],
      ['stepped', errors[2]],
    ])
    const closed = runner.close()
    begun[4]?.end()
    await closed
  })

  test('once, throws the failure of one job after all have run', async () => {
    const done: string[] = []
    const job = (name: string, run: () => Promise<void>): Job => ({ name, everyMs: 1, run })
    const good = job('good', async () => void done.push('good'))
    const bad = job('bad', async () => Promise.reject(new Error('bad')))
    await expect(openRunner([bad, good], () => {}).runOnce()).rejects.toThrow('bad')
    expect(done).toEqual(['good'])
  })

  test('closed, says so to the run under way, waits for it, and begins no other', async () => {
    const { job, begun } = steppedJob()
    const runner = openRunner([job], () => {})
    runner.start()
    await runs(begun, 1)
    const next = runner.runOnce()
    let closed = false
    const closing = runner.close().then(() => {
      closed = true
    })
    expect(begun[0]?.stop.aborted).toBe(true)
    await Promise.resolve()
    expect(closed).toBe(false)
    begun[0]?.end()
    await closing
    await next
    expect(begun).toHaveLength(1)
  })

  test('closed, does not wait for ever for a run that does not end', async () => {
    const { job, begun } = steppedJob()
    const runner = openRunner([job], () => {})
    runner.start()
    await runs(begun, 1)
    await runner.close()
    expect(begun).toHaveLength(1)
  })
})
