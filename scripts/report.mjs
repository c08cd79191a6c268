/** `npm run report`: builds if needed, then writes the demand of a period as tables and a page. */
import { build } from './build.mjs'

await build()
await import('../dist/server/report.js')
