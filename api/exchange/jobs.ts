import type { Job } from '../jobs/runner.ts'
import { doNextImport, type WorkParts } from './actions/work.ts'

/** How often it is looked whether something is to be brought in, in milliseconds: somebody waits for it. */
const EVERY_MS = 1_000

/** Bringing in what was sent, one import after the other. */
export const importJob = (parts: WorkParts): Job => ({
  name: 'exchange.imports',
  everyMs: EVERY_MS,
  async run(stop) {
    while (!stop.aborted && (await doNextImport(parts, stop)));
  },
})
