import { buildPrograms } from '../scripts/build-programs.mjs'

/** Builds the harness into dist/faults. */
export const buildFaults = () => buildPrograms('faults', { main: 'faults/main.ts' })
