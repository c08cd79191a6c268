import { type ResealParts, resealOld } from './reseal.ts'

/** How soon after a rotation old values are sealed anew, in milliseconds. With one key there is nothing to ask the database. */
const EVERY_MS = 30_000

/** Sealing anew what older keys have sealed. */
export const resealJob = (parts: ResealParts) => ({
  name: 'keys.reseal',
  everyMs: EVERY_MS,
  run: (stop: AbortSignal) => resealOld(parts, stop),
})
