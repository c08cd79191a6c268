import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleProgram } from './testing/processes.ts'

let program: Awaited<ReturnType<typeof bundleProgram>>
beforeAll(async () => {
  program = await bundleProgram('api/testing/log-process.ts')
})
afterAll(() => program.remove())

/** What a process says on each of its outputs that logs one of everything. */
async function saying(settings: object, terminal = false): Promise<{ out: string; err: string }> {
  const child = spawn(process.execPath, [program.path, JSON.stringify(settings), String(terminal)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += chunk))
  child.stderr.on('data', (chunk) => (said.err += chunk))
  await new Promise((resolve) => child.once('close', resolve))
  return said
}
const objects = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const ERROR = { level: 'error', time, event: 'unexpected_error', code: 'TypeError E_X', path: 'http', reqId: 'a-1' }

describe('as JSON, where nobody reads along', () => {
  test('each event is an object on a line, and nothing is lost when the process ends', async () => {
    const { out, err } = await saying({ level: 'info' })
    expect(objects(out)).toEqual([
      { level: 'info', time, msg: 'It is ready.\n  Here' },
      { level: 'warn', time, msg: 'Mind this.' },
      { level: 'info', time, msg: 'Read this.' },
      ERROR,
      { level: 'fatal', time, msg: 'It cannot start.' },
    ])
    expect(err).toBe('')
  })

  test('with requests when that is wanted', async () => {
    const request = { level: 'debug', time, event: 'request', reqId: 'a-1', route: 'graphql', status: 200, ms: 1.3 }
    expect(objects((await saying({ level: 'debug', format: 'json' }, true)).out)).toContainEqual(request)
  })

  test('without what is less than wanted, but for what must be read', async () => {
    expect(objects((await saying({ level: 'error' })).out).map(({ msg, event }) => msg ?? event)).toEqual([
      'Read this.',
      'unexpected_error',
      'It cannot start.',
    ])
  })
})

describe('as text, on a terminal', () => {
  test('sentences stay as they are', async () => {
    const { out, err } = await saying({ level: 'info' }, true)
    expect(out).toBe('It is ready.\n  Here\nRead this.\n')
    const [warning, error, fatal] = err.trimEnd().split('\n')
    expect([warning, fatal]).toEqual(['Mind this.', 'It cannot start.'])
    expect(JSON.parse(error ?? '')).toEqual(ERROR)
  })

  test('requests are a line each', async () => {
    expect((await saying({ level: 'debug', format: 'text' })).out).toMatch(/^\S+Z 200 graphql 1\.3 ms a-1$/m)
  })

  test('nothing but failures, and what must be read, when only these are wanted', async () => {
    const { out, err } = await saying({ level: 'error' }, true)
    expect([out, err.trimEnd().split('\n').length]).toEqual(['Read this.\n', 2])
  })
})
