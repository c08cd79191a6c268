import type { Context } from '../../context.ts'
import type { Line } from '../../directory/snapshot.ts'
import type { Site } from '../../site/rules.ts'

/** A proof of work that was done: it is stored with what it let in. */
export type Proof = { id: string; expiresAt: Date }

export async function admitRequest(
  _context: Context,
  _request: { site: Site; phone: string; line: Line; challenge: string | null },
): Promise<Proof | null> {
  return null
}

export async function admitLookUp(context: Context): Promise<void> {
  context.site()
}

export async function newChallenge(_context: Context, _site: Site): Promise<string> {
  return ''
}
