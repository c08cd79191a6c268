import type { AttemptOutcome, CallbackStatus } from '../db/generated/enums.ts'
import type { TestApp } from './ask.ts'

/** So many requests that are alike. */
export type Alike = {
  count: number
  line?: string
  need?: string | null
  postalCode?: string | null
  /** When they came. */
  at: string
  status?: CallbackStatus
  outcome?: string | null
  faqEntry?: string | null
  /** Minutes until the first call, if there was one. */
  calledAfter?: number
  called?: AttemptOutcome
}

/** Puts requests into the database as they would be after their time; the ids. What identified the people is erased already. */
export async function pastRequests(
  { db, directory }: Pick<TestApp, 'db' | 'directory'>,
  { count, line = 'liege-solidaire', need = null, postalCode = null, at, status = 'CLOSED', faqEntry = null, ...alike }: Alike,
): Promise<string[]> {
  const { outcome = status === 'CLOSED' ? 'resolved' : null, calledAfter, called = 'REACHED' } = alike
  const lineId = directory.current().linesBySlug.get(line)?.id
  if (!lineId) throw new Error(`no line ${line}`)
  const { id: siteId } = await db.site.findUniqueOrThrow({ where: { key: 'demo' } })
  const requestedAt = new Date(at)
  const isOver = ['CLOSED', 'UNREACHABLE', 'CANCELLED'].includes(status)
  const rows = Array.from({ length: count }, () => ({
    id: crypto.randomUUID(),
    siteId,
    lineId,
    status,
    outcome,
    needCode: need,
    postalCode,
    faqEntrySlug: faqEntry,
    language: 'FR' as const,
    noticeVersion: '2026-11-21',
    noticeLanguage: 'FR' as const,
    requestedAt,
    callFrom: requestedAt,
    closedAt: isOver ? new Date(requestedAt.getTime() + 7_200_000) : null,
    erasedAt: isOver ? new Date(requestedAt.getTime() + 40 * 86_400_000) : null,
  }))
  await db.callbackRequest.createMany({ data: rows })
  if (calledAfter !== undefined) {
    const callAt = new Date(requestedAt.getTime() + calledAfter * 60_000)
    await db.callAttempt.createMany({ data: rows.map(({ id }) => ({ requestId: id, at: callAt, outcome: called })) })
  }
  return rows.map(({ id }) => id)
}
