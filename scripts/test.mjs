/**
 * `npm test`: everything that must hold, in the order in which it fails fastest. Arguments go to the test runner, and then only it runs:
 *
 *     npm test                      all
 *     npm test -- api/callback      the tests of a folder
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = process.argv.slice(2)

const bin = (command, args) => () =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', command), args, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')}: exit code ${code}`))))
  })

/** The contract and the table of who may see it are committed; generating them again must change nothing. */
async function buildAndCompare() {
  const committed = ['schema/schema.graphql', 'docs/access.md']
  const texts = () => committed.map((path) => readFileSync(join(root, path), 'utf8'))
  const before = texts()
  await build({ force: wanted.length === 0 })
  const stale = texts().flatMap((text, index) => (text === before[index] ? [] : [committed[index]]))
  if (stale.length > 0) throw new Error(`${stale.join(' and ')} was not current. It has been made anew: read the difference and commit it.`)
}

const everything = [
  ['Build, and generated files are current', buildAndCompare],
  ['Lint and format', bin('biome', ['ci', '--error-on-warnings'])],
  ['Types', bin('tsc', ['--project', '.'])],
  ['A browser for the tests', async () => ensureChromium()],
  ['Tests', bin('vitest', ['run'])],
]
const some = [everything[0], everything[3], ['Tests', bin('vitest', ['run', ...wanted])]]

try {
  for (const [title, step] of wanted.length === 0 ? everything : some) {
    const started = performance.now()
    console.log(`\n== ${title}`)
    await step()
    console.log(`== ${title}: passed in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
