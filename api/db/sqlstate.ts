/** SQLSTATEs that somebody can do something about (PostgreSQL's appendix A). */
export const UNIQUE_VIOLATION = '23505'
export const CARDINALITY_VIOLATION = '21000'
export const LOCK_NOT_AVAILABLE = '55P03'
export const DEADLOCK = '40P01'
export const SERIALIZATION_FAILURE = '40001'

/** Prisma's own codes for some of them; it says P2034 for both kinds of transactions in each other's way. */
const PRISMA: Record<string, string> = { P2002: UNIQUE_VIOLATION, P2034: DEADLOCK }

/** What PostgreSQL called an error, whether the driver or Prisma tells of it; null when it is none of the database's. */
export function sqlStateOf(error: unknown): string | null {
  const { code, meta } = (error ?? {}) as {
    code?: unknown
    meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } }
  }
  const below = meta?.driverAdapterError?.cause?.originalCode ?? meta?.code
  if (typeof below === 'string') return below
  return typeof code === 'string' ? (PRISMA[code] ?? (/^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code) ? code : null)) : null
}
