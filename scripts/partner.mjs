/** `npm run partner`: builds if needed, then lists the partners, makes one, or changes what one takes over. */
import { build } from './build.mjs'

await build()
await import('../dist/server/partner.js')
