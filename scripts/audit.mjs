/** `npm run audit`: builds if needed, then verifies the chain of the audit trail. */
import { build } from './build.mjs'

await build()
await import('../dist/server/audit.js')
