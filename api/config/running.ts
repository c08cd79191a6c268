import { StartError } from '../db/start-error.ts'

/** Where the numbers of a running server are told, apart from the public's door. Port 0 lets the system choose. */
export type MetricsSettings = { host: string; port: number }

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const
/** What is logged, from which level on, and how: undefined: text on a terminal, JSON elsewhere. */
export type LogSettings = { level: (typeof LEVELS)[number]; format: 'text' | 'json' | undefined }

type Text = (name: string) => string | undefined

/** Reads where the numbers are told; undefined when they are not. @throws StartError */
export function readMetrics(text: Text): MetricsSettings | undefined {
  const port = text('METRICS_PORT')
  const host = text('METRICS_HOST') ?? '127.0.0.1'
  if (/[\s/]/.test(host)) throw new StartError(`METRICS_HOST is “${host}”: it must be an address or a host name, without scheme or path.`)
  if (port === undefined) {
    if (text('METRICS_HOST') !== undefined) throw new StartError('METRICS_HOST is set, and METRICS_PORT is not: set both, or neither.')
    return undefined
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new StartError(`METRICS_PORT is “${port}”: it must be a number from 0 to 65535.`)
  if (port !== '0' && port === (text('PORT') ?? '4000')) {
    throw new StartError(`METRICS_PORT and PORT are both ${port}: the numbers have a port of their own, which the public does not reach.`)
  }
  return { host, port: Number(port) }
}

/** @throws StartError */
export function readLog(text: Text): LogSettings {
  const level = text('LOG_LEVEL') ?? 'info'
  const known = LEVELS.find((one) => one === level)
  if (!known) throw new StartError(`LOG_LEVEL is “${level}”: it must be ${LEVELS.slice(0, -1).join(', ')} or ${LEVELS.at(-1)}.`)
  const format = text('LOG_FORMAT')
  if (format !== undefined && format !== 'json' && format !== 'text') {
    throw new StartError(`LOG_FORMAT is “${format}”: it must be json or text.`)
  }
  return { level: known, format }
}
