/** `npm run export`: builds if needed, then writes what is published as files. */
import { build } from './build.mjs'

await build()
await import('../dist/server/export.js')
