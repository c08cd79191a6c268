/**
 * `npm run bench`: builds the server and the measurements, then measures.
 *
 *     npm run bench -- --quick             short rounds: shows that everything works
 *     npm run bench -- --only=e,f          some of the cases
 *     npm run bench -- --services=300      a directory of that size only
 *     npm run bench -- --profile           with CPU profiles of this API in bench/results, for Chrome's or an editor's profiler
 */
import { fileURLToPath } from 'node:url'
import { build } from '../scripts/build.mjs'
import { buildBench } from './build.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
await build()
await buildBench()
await import(new URL('../dist/bench/main.js', import.meta.url).href)
