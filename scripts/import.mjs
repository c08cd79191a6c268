/** `npm run import`: builds if needed, then brings files in, all rows or none. */
import { build } from './build.mjs'

await build()
await import('../dist/server/import.js')
