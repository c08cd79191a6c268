import { buildPrograms } from '../scripts/build-programs.mjs'

/** Builds the programs of the measurements into dist/bench. */
export const buildBench = () =>
  buildPrograms('bench', {
    main: 'bench/main.ts',
    load: 'bench/load/main.ts',
    probe: 'bench/processes/probe.ts',
    ready: 'bench/peers/ready.ts',
    'json-sql': 'bench/peers/json-sql.ts',
    mercurius: 'bench/peers/mercurius.ts',
    apollo: 'bench/peers/apollo.ts',
  })
