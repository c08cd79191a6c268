/** `npm run invite`: builds if needed, then prints a link that makes somebody of the staff. */
import { build } from './build.mjs'

await build()
await import('../dist/server/invite.js')
