import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id, which is this library's own choice of algorithm, with 19 MiB, two passes and one thread: the first of OWASP's equal choices
 * (Password Storage Cheat Sheet). About 30 ms of computing, off the event loop.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** However it was typed on which keyboard (NIST SP 800-63B-4, 3.1.1.2). */
const composed = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(composed(password), COST)

export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, composed(password), COST)
