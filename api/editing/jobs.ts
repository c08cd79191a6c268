import type { Job } from '../jobs/runner.ts'
import { checkLinks, type LinkParts } from './actions/links.ts'

/** How often it is looked whether an address is due, in milliseconds. */
const EVERY_MS = 600_000

/** Trying the addresses that records name. */
export const linkJob = (parts: LinkParts): Job => ({
  name: 'editing.links',
  everyMs: EVERY_MS,
  run: (stop) => checkLinks(parts, stop),
})
