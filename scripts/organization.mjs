/** `npm run organization`: builds if needed, then makes an organization, or says who looks after its content. */
import { build } from './build.mjs'

await build()
await import('../dist/server/organization.js')
