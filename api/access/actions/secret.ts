import { createHash, randomBytes } from 'node:crypto'

/** What stands at the end of a link that lets somebody in: 256 bits of chance, and what is stored of it. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashOf(secret) }
}

/** A plain hash is enough: nobody guesses 256 bits of chance. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
