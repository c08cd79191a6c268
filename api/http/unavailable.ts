import { Prisma } from '../db/generated/client.ts'
import { Unavailable } from '../errors.ts'

/** Prisma's codes for a database that cannot be reached, is shutting down, or has no connection free (errors reference of Prisma 7). */
const CODES = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037'])
/** The same seen by the driver or the system below Prisma. 57P0x: PostgreSQL is shutting down or starting. */
const DRIVER_CODES = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|57P0[1-3]|08\d{3}|53300)$/
/** Long enough for the bundled server to come back by itself. */
const RETRY_AFTER_SECONDS = 5

/** The error as "the database does not answer", if that is what it says; null for a bug. */
export function asUnavailable(error: unknown): Unavailable | null {
  if (error instanceof Prisma.PrismaClientInitializationError) return new Unavailable(RETRY_AFTER_SECONDS)
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && (CODES.has(code) || DRIVER_CODES.test(code))) return new Unavailable(RETRY_AFTER_SECONDS)
    if (/timeout exceeded when trying to connect|Connection terminated|DatabaseNotReachable|ConnectionClosed/.test(cause.message)) {
      return new Unavailable(RETRY_AFTER_SECONDS)
    }
    cause = cause.cause ?? (cause as { meta?: { driverAdapterError?: unknown } }).meta?.driverAdapterError
  }
  return null
}
