import { Prisma } from '../db/generated/client.ts'
import { Unavailable } from '../errors.ts'

/** Prisma's codes for a database that cannot be reached, is shutting down, or has no connection free (errors reference of Prisma 7). */
const PRISMA = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])
/** What Prisma's driver adapter calls the same (`MappedError` of @prisma/driver-adapter-utils). */
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'])
/**
 * SQLSTATEs of a server that does not take the statement now (PostgreSQL's appendix A): 08 connection, 53 resources, 57P0x ending or
 * starting, 57014 the statement took too long, 58 the system's disk, 25006 a standby that does not write. Prisma gives most of them the
 * code P2039, which it also gives to bugs.
 */
const SQLSTATE = /^(08\w{3}|53\w{3}|57P0\d|57014|58\w{3}|25006)$/
/** The system's words below the driver. */
const SYSTEM = /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|ERR_STREAM_\w+)$/
/** The driver's own words, which bear no code (pg 8). */
const WORDS =
  /^(timeout exceeded when trying to connect|Connection terminated|Client (has encountered a connection error|was closed)|Query read timeout|Cannot use a pool after calling end)/
/** Long enough for the bundled server to come back by itself. */
const RETRY_AFTER_SECONDS = 5
/** No chain of causes is longer. */
const DEEPEST = 8

/** The error as "the database does not answer", if that is what it says, or what caused it; null for a bug. */
export function asUnavailable(error: unknown): Unavailable | null {
  return saysUnavailable(error, 0) ? new Unavailable(RETRY_AFTER_SECONDS) : null
}

/** An error, or the plain object with which Prisma's adapter describes one. */
type Described = {
  code?: unknown
  originalCode?: unknown
  kind?: unknown
  message?: unknown
  cause?: unknown
  errors?: unknown
  meta?: { driverAdapterError?: unknown; code?: unknown }
}

function saysUnavailable(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false
  if (error instanceof Prisma.PrismaClientInitializationError) return true
  const { code, originalCode, kind, message, cause, errors, meta } = error as Described
  if (typeof kind === 'string' && KINDS.has(kind)) return true
  if ([code, originalCode, meta?.code].some((one) => typeof one === 'string' && isOfDatabase(one))) return true
  // A message with a code may quote what a person wrote.
  if (code === undefined && typeof message === 'string' && message.split('\n').some((line) => WORDS.test(line.trim()))) return true
  const below = [cause, meta?.driverAdapterError, ...(Array.isArray(errors) ? errors : [])]
  return below.some((one) => saysUnavailable(one, depth + 1))
}

const isOfDatabase = (code: string): boolean => PRISMA.has(code) || SQLSTATE.test(code) || SYSTEM.test(code)
