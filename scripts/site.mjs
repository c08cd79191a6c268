/** `npm run site`: builds if needed, then lists or changes the partner websites. */
import { build } from './build.mjs'

await build()
await import('../dist/server/site.js')
