/**
 * `npm run faults`: builds the server and the harness, then kills the server under load, again and again, and looks whether anything was
 * lost.
 *
 *     npm run faults                          30 cycles, the bundled database is killed with the server
 *     npm run faults -- --cycles=200          as many as you like
 *     npm run faults -- --seed=42             the same chances once more (the seed of a run is printed)
 *     npm run faults -- --external            a PostgreSQL server of its own, which is restarted under load
 *     npm run faults -- --clients=50          more people at once
 */
import { fileURLToPath } from 'node:url'
import { build } from '../scripts/build.mjs'
import { buildFaults } from './build.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
await build()
await buildFaults()
await import(new URL('../dist/faults/main.js', import.meta.url).href)
