/** `npm run keys`: builds if needed, then lists or changes the keys that seal personal data. */
import { build } from './build.mjs'

await build()
await import('../dist/server/keys.js')
