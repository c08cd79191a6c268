import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds programs that Node runs, since Node 20 runs no TypeScript: the server, its commands, the measurements, the fault harness.
 * @param {string} outDir folder below dist
 * @param {Record<string, string>} input each program's name and where it starts
 */
export async function buildPrograms(outDir, input) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { ssr: true, outDir: `dist/${outDir}`, target: 'node20', minify: false, copyPublicDir: false, rolldownOptions: { input } },
  })
}
