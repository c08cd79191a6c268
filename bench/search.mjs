/**
 * Two search libraries and this project's search, side by side on the same content (docs/decisions/0007-search.md).
 *
 *     node bench/search.mjs [--engines=minisearch,orama,passerelle] [--services=300,3000,30000]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const option = (name, otherwise) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise
const [engine, count] = option('one', '').split(':')

if (engine) {
  const { module } = await runnerImport('./bench/search/main.ts', { root: process.cwd(), configFile: false, logLevel: 'error' })
  console.log(JSON.stringify(await module.measure(engine, Number(count))))
} else {
  const rows = []
  for (const services of option('services', '300,3000,30000').split(',')) {
    for (const name of option('engines', 'minisearch,orama,passerelle').split(',')) {
      const child = spawnSync(
        process.execPath,
        ['--expose-gc', '--max-old-space-size=8000', fileURLToPath(import.meta.url), `--one=${name}:${services}`],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
      )
      if (child.status !== 0) process.exit(child.status ?? 1)
      rows.push(JSON.parse(child.stdout))
    }
  }
  console.table(rows)
}
