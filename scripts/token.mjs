/** `npm run token`: builds if needed, then makes, lists or revokes the keys of other systems. */
import { build } from './build.mjs'

await build()
await import('../dist/server/token.js')
