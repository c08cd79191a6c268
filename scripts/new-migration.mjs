#!/usr/bin/env node
// npm run migration -- <name>
//
// Writes the SQL from the schema of the last committed migration to the present prisma/schema.prisma into a new folder of
// prisma/migrations. Read it before committing it: a renamed column, for one, is a dropped and an added one to this tool.
// Needs git, and neither a database nor a download.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const SCHEMA = 'prisma/schema.prisma'
const MIGRATIONS = 'prisma/migrations'

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()

function fail(line) {
  console.error(line)
  process.exit(1)
}

/** The schema as it was when migrations last changed; null before the first one. */
function lastSchema() {
  const commit = git('rev-list', '--all', '--count') === '0' ? '' : git('log', '-1', '--format=%H', '--', MIGRATIONS)
  return commit === '' ? null : git('show', `${commit}:${SCHEMA}`)
}

const name = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) fail('Usage: npm run migration -- <name>, the name in small letters, digits and underscores.')
if (git('status', '--porcelain', '--', MIGRATIONS) !== '') fail(`${MIGRATIONS} has uncommitted changes: commit or remove them first.`)

const engine = fileURLToPath(new URL('../api/db/engine.ts', import.meta.url))
const { module } = await runnerImport(engine, { configFile: false, logLevel: 'error' })
const sql = await module.diffSchemas(lastSchema(), readFileSync(`${root}/${SCHEMA}`, 'utf8'))
if (sql === '') fail(`${SCHEMA} has not changed since the last migration.`)

// yyyymmddhhmmss in UTC: migrations are applied in the order of their names.
const folder = `${MIGRATIONS}/${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`
if (existsSync(`${root}/${folder}`)) fail(`${folder} exists already.`)
mkdirSync(`${root}/${folder}`, { recursive: true })
writeFileSync(`${root}/${folder}/migration.sql`, `${sql}\n`)
console.log(`${folder}/migration.sql`)
console.log('A new table of the snapshot also needs the trigger bump_content_version: see the first migration.')
