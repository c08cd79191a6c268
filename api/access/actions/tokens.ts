import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { ApiToken, PrismaClient } from '../../db/generated/client.ts'
import { StartError } from '../../db/start-error.ts'
import { SignInRequired } from '../../errors.ts'
import { idFrom, readToken, readTokenOptions, type TokenOptions } from '../rules/token.ts'
import type { Viewer } from '../rules/viewer.ts'

const DAY_MS = 86_400_000
/** That a token was used is written at most this often, in milliseconds. */
const USED_MS = 60_000

/** A plain hash is enough: nobody guesses 256 bits of chance. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** Compared with where there is no such token, so that a wrong name takes as long as a wrong secret. */
const NO_HASH = hashOf('')

/**
 * Whose token it is.
 * @throws SignInRequired when it is none, or no longer good: whoever shows a key wants more than the public gets
 */
export async function viewerOfToken(db: PrismaClient, text: string, now: Date): Promise<Viewer> {
  const read = readToken(text)
  const token = read && (await db.apiToken.findUnique({ where: { id: read.id } }))
  const stored = token ? Buffer.from(token.secretHash, 'base64url') : NO_HASH
  const fits = timingSafeEqual(hashOf(read?.secret ?? '-'), stored)
  if (!token || !fits || token.revokedAt || token.expiresAt <= now) throw new SignInRequired()
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() >= USED_MS) {
    const before = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: new Date(now.getTime() - USED_MS) } }] }
    await db.apiToken.updateMany({ where: { id: token.id, ...before }, data: { lastUsedAt: now } })
  }
  return {
    kind: 'token',
    id: token.memberId,
    actor: `token:${token.id}`,
    name: token.name,
    email: null,
    memberships: [{ organizationId: token.organizationId, role: token.role }],
    scopes: token.scopes,
    languages: [],
    lineIds: [],
    isDemonstration: false,
    session: null,
  }
}

/**
 * Makes a token for another system.
 * @returns the token, which is stored nowhere, and its row
 * @throws StartError with one line that says what to put right
 */
export async function makeToken(db: PrismaClient, options: TokenOptions, now: Date): Promise<{ token: string; row: ApiToken }> {
  const read = readTokenOptions(options)
  if ('problem' in read) throw new StartError(read.problem)
  const organization = await db.organization.findUnique({ where: { slug: read.organization } })
  if (!organization) throw new StartError(`There is no organization “${read.organization}”.`)
  const id = idFrom(randomBytes(12))
  const secret = randomBytes(32).toString('base64url')
  const memberId = randomUUID()
  const [row] = await db.$transaction([
    db.apiToken.create({
      data: {
        id,
        name: read.name,
        // What it does is done by a member; an address of this domain reaches nobody (RFC 2606).
        member: { create: { id: memberId, name: read.name, email: `${id}@tokens.invalid` } },
        organization: { connect: { id: organization.id } },
        role: read.role,
        scopes: read.scopes,
        secretHash: hashOf(secret).toString('base64url'),
        createdAt: now,
        expiresAt: new Date(now.getTime() + read.days * DAY_MS),
      },
    }),
    db.auditEvent.create({ data: { at: now, actor: 'system', action: 'token.made', subjectId: memberId } }),
  ])
  return { token: `psl_${id}_${secret}`, row }
}

/**
 * Ends a token at once.
 * @param actor who does it, as the audit trail names her
 * @returns whether there was one to end
 */
export async function revokeToken(db: PrismaClient, id: string, actor: string, now: Date): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const [row] = await tx.apiToken.updateManyAndReturn({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    if (row) await tx.auditEvent.create({ data: { at: now, actor, action: 'token.revoked', subjectId: row.memberId } })
    return row !== undefined
  })
}
