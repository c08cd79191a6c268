/**
 * Finds the Chromium that the browser tests run in, and installs one when there is none: Debian's package where that is allowed,
 * otherwise Playwright's own build. Nothing is skipped: without a browser the tests fail.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** The executable to use, or undefined for Playwright's own build. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (executable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
    throw new Error(`CHROMIUM_PATH is “${env.CHROMIUM_PATH}”: there is no executable there.`)
  }
  const folders = (env.PATH ?? '').split(delimiter)
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC].find(executable)
}

/** Makes sure that there is a browser; says what it installs. */
export function ensureChromium() {
  if (findChromium() || playwrightChromium()) return
  const debian = process.getuid?.() === 0 && executable('/usr/bin/apt-get')
  console.log(`No Chromium here: installing ${debian ? 'Debian’s package' : 'Playwright’s build'}.`)
  if (debian) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  } else {
    run(process.execPath, [fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url)), 'install', 'chromium'])
  }
}

/** Playwright's build, if it was installed before. */
function playwrightChromium() {
  const script = "import { chromium } from 'playwright'; process.stdout.write(chromium.executablePath())"
  try {
    const root = fileURLToPath(new URL('..', import.meta.url))
    return executable(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' }))
  } catch {
    return false
  }
}

const run = (command, args) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })

function executable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
