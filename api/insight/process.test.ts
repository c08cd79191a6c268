import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSeededDatabase, type TestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, runCommand, startServer } from '../testing/server.ts'

/** The built command, beside a server that runs. */
let database: TestDatabase
let folder: string
let env: { DATA_DIR: string; DATABASE_URL: string }
let server: RunningServer
beforeAll(async () => {
  database = await createSeededDatabase()
  folder = await temporaryFolder()
  env = { DATA_DIR: folder, DATABASE_URL: database.url }
  server = await startServer(env)
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const YEAR = ['--from', '2026-01-01', '--to', '2026-12-31']
const report = (...args: string[]) => runCommand('report', args, env)

describe('npm run report', { timeout: 60_000 }, () => {
  test('writes a page and tables into a new folder, in the language asked for', async () => {
    const out = `${folder}/deep/report`
    const { code, output } = await report(...YEAR, '--out', out, '--lang', 'nl')
    expect([code, output]).toEqual([0, expect.stringContaining(`15 files in ${out}: begin with index.html.`)])
    expect(await readdir(out)).toHaveLength(15)
    expect(await readFile(`${out}/index.html`, 'utf8')).toContain('<html lang="nl">')
    expect((await readFile(`${out}/weeks.csv`, 'utf8')).trim()).toBe('\uFEFFWeek van,Vragen'.trim())
    expect((await fetch(`${server.address}/ready`)).status).toBe(200)
  })

  test('leaves a folder that is not empty alone, unless it is told not to mind', async () => {
    const out = `${folder}/mine`
    expect((await report(...YEAR, '--out', out)).code).toBe(0)
    await writeFile(`${out}/index.html`, 'mine')
    await writeFile(`${out}/notes.txt`, 'mine, too')
    const refused = await report(...YEAR, '--out', out)
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('is not empty: choose another folder, or add --force.')])
    expect(await readFile(`${out}/index.html`, 'utf8')).toBe('mine')
    expect((await report(...YEAR, '--out', out, '--force')).code).toBe(0)
    expect(await readFile(`${out}/index.html`, 'utf8')).toContain('<html lang="fr">')
    expect(await readFile(`${out}/notes.txt`, 'utf8')).toBe('mine, too')
  })

  test.each([
    [['--to', '2026-12-31', '--out', 'x'], 'Which days? --from is missing.'],
    [[...YEAR], 'Where to? --out is missing.'],
    [['--from', '2026-02-30', '--to', '2026-12-31', '--out', 'x'], '“2026-02-30” is no day'],
    [[...YEAR, '--out', 'x', '--lang', 'es'], '“es” is none of the languages: fr, de, nl, en.'],
    [[...YEAR, '--out', '/dev/null/report'], 'cannot be written to'],
    [[...YEAR, '--all'], "Unknown option '--all'"],
  ])('of what it cannot do it says what is wrong: %j', async (args, expected) => {
    const { code, output } = await report(...args)
    expect(code).toBe(1)
    expect(output).toContain(expected)
    expect(output).toContain('Usage: npm run report')
  })

  test('says so when the days do not go together', async () => {
    const { code, output } = await report('--from', '2026-12-31', '--to', '2026-01-01', '--out', `${folder}/never`)
    expect([code, output]).toEqual([1, expect.stringContaining('The days do not go together')])
  })
})
