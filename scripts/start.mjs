/** `npm start`: builds if needed, then becomes the server. */
import { build } from './build.mjs'

try {
  if (await build()) console.log('Built.')
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import('../dist/server/main.js')
