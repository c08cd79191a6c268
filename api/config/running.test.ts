import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'

describe('what is told of the running server', () => {
  test.each<[env: NodeJS.ProcessEnv, expected: object]>([
    [{}, { metrics: undefined, log: { level: 'info', format: undefined } }],
    [{ METRICS_PORT: '9464' }, { metrics: { host: '127.0.0.1', port: 9464 } }],
    [{ METRICS_PORT: '0', PORT: '0' }, { metrics: { host: '127.0.0.1', port: 0 } }],
    [{ METRICS_PORT: '9464', METRICS_HOST: '10.0.0.5' }, { metrics: { host: '10.0.0.5', port: 9464 } }],
    [{ LOG_LEVEL: 'debug', LOG_FORMAT: 'json' }, { log: { level: 'debug', format: 'json' } }],
    [{ LOG_LEVEL: 'warn', LOG_FORMAT: ' text ' }, { log: { level: 'warn', format: 'text' } }],
  ])('%j', (env, expected) => {
    expect(readConfig(env)).toMatchObject(expected)
  })

  test.each<[env: NodeJS.ProcessEnv, line: string]>([
    [{ METRICS_PORT: 'here' }, 'METRICS_PORT is “here”'],
    [{ METRICS_PORT: '65536' }, 'METRICS_PORT is “65536”'],
    [{ METRICS_PORT: '4000' }, 'METRICS_PORT and PORT are both 4000'],
    [{ METRICS_PORT: '80', PORT: '80' }, 'METRICS_PORT and PORT are both 80'],
    [{ METRICS_HOST: '10.0.0.5' }, 'METRICS_HOST is set, and METRICS_PORT is not'],
    [{ METRICS_PORT: '1', METRICS_HOST: 'http://x' }, 'METRICS_HOST is “http://x”'],
    [{ LOG_LEVEL: 'verbose' }, 'LOG_LEVEL is “verbose”: it must be debug, info, warn or error.'],
    [{ LOG_FORMAT: 'xml' }, 'LOG_FORMAT is “xml”'],
  ])('%j is refused in one line', (env, line) => {
    expect(() => readConfig(env)).toThrow(line)
  })
})
