import { pino } from 'pino'
import type { LogSettings } from './config/running.ts'
import type { Log } from './db/log.ts'
import type { ErrorEvent } from './http/errors.ts'

/** What a request looks like in the log: nothing of what was asked. */
export type RequestEvent = { reqId: string | undefined; route: string; status: number; ms: number }

/** What the server says of itself. Sentences are ours; of errors and requests there are codes and names only. */
export type ServerLog = Log & {
  /** What somebody must read, whatever the level. */
  told(line: string): void
  error(event: ErrorEvent): void
  /** Why it cannot start or go on. */
  fatal(line: string): void
  /** Told of each request; absent unless that is wanted. */
  request?(event: RequestEvent): void
}

/** @param terminal whether a person reads along: then it is text, unless the settings say otherwise */
export function openLog({ level, format }: LogSettings, terminal: boolean): ServerLog {
  return (format ?? (terminal ? 'text' : 'json')) === 'json' ? jsonLog(level) : textLog(level)
}

/** One object a line on the standard output. Written at once: what is still in memory when a process dies was about why. */
function jsonLog(level: LogSettings['level']): ServerLog {
  const log = pino(
    {
      level,
      base: undefined,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: true }),
  )
  const always = log.child({}, { level: 'info' })
  return {
    info: (line) => log.info(line),
    warn: (line) => log.warn(line),
    told: (line) => always.info(line),
    error: (event) => log.error(event),
    fatal: (line) => log.fatal(line),
    ...(level === 'debug' ? { request: (event) => log.debug({ event: 'request', ...event, ms: rounded(event.ms) }) } : {}),
  }
}

/** Sentences as they are, for whoever tries it out; errors as in JSON, to be found by the same words. */
function textLog(level: LogSettings['level']): ServerLog {
  const at = ['debug', 'info', 'warn', 'error'].indexOf(level)
  const time = () => new Date().toISOString()
  return {
    info: (line) => at <= 1 && console.log(line),
    warn: (line) => at <= 2 && console.error(line),
    told: (line) => console.log(line),
    error: (event) => console.error(JSON.stringify({ time: time(), level: 'error', ...event })),
    fatal: (line) => console.error(line),
    ...(level === 'debug'
      ? { request: ({ reqId, route, status, ms }) => console.log(`${time()} ${status} ${route} ${rounded(ms)} ms ${reqId}`) }
      : {}),
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10
