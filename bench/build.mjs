import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the programs of the measurements into dist/bench, as scripts/build.mjs builds the server: Node 20 runs no TypeScript. */
export async function buildBench() {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'dist/bench',
      target: 'node20',
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: {
          main: 'bench/main.ts',
          load: 'bench/load/main.ts',
          probe: 'bench/processes/probe.ts',
          ready: 'bench/peers/ready.ts',
          'json-sql': 'bench/peers/json-sql.ts',
          mercurius: 'bench/peers/mercurius.ts',
          apollo: 'bench/peers/apollo.ts',
        },
      },
    },
  })
}
