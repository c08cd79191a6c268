/** `npm run endpoint`: builds if needed, then says where a partner's own system is, or tests it. */
import { build } from './build.mjs'

await build()
await import('../dist/server/endpoint.js')
