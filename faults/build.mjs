import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the harness into dist/faults, as scripts/build.mjs builds the server: Node 20 runs no TypeScript. */
export async function buildFaults() {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'dist/faults',
      target: 'node20',
      minify: false,
      copyPublicDir: false,
      rolldownOptions: { input: { main: 'faults/main.ts' } },
    },
  })
}
