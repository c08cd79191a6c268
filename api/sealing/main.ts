import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { StartError } from '../db/start-error.ts'
import { addKey, type KeyParts, type KeyUse, listKeys, retireKey, useKey } from './change.ts'
import { openKeys } from './open.ts'

/**
 * `npm run keys`: lists the keys that seal personal data, and changes them beside running servers, which notice by themselves. It shows what a
 * key is called and how many values it seals, and never a key.
 */
const HELP = `Usage: npm run keys                 lists the keys, and how many values each one seals
       npm run keys -- rotate       makes a fresh key that seals from now on; running servers seal the old values anew with it
       npm run keys -- retire k1    takes a key out of the file, once no value is sealed with it
   Where servers on several machines have copies of the file:
       npm run keys -- add          adds a fresh key that seals nothing yet: copy the file to all of them,
       npm run keys -- use k2       then let it seal, and copy again`

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true })
  if (values.help) return console.log(HELP)
  const command = commandOf(positionals)
  const config = readConfig()
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const log = { info: (line: string) => console.error(line), warn: (line: string) => console.error(line) }
  const database = await openDatabase({ ...config, migrationsDir: `${root}/prisma/migrations`, log })
  try {
    await openKeys(database.client, config.keysFile, log)
    const parts = { db: database.client, sql: database.sql, file: config.keysFile }
    const said = await command(parts)
    if (said) console.log(said)
    const keys = await listKeys(parts)
    for (const key of keys) console.log(`${key.id.padEnd(20)} ${String(key.values).padStart(9)} values  ${stateOf(key)}`.trimEnd())
    if (keys.some(({ here }) => !here)) process.exitCode = 1
  } finally {
    await database.close()
  }
}

const stateOf = ({ current, here }: KeyUse): string =>
  current ? 'seals what comes in' : here ? '' : 'NOT IN THE FILE: these cannot be read'

/** @throws StartError when the words are no command */
function commandOf([verb, id, ...rest]: string[]): (parts: KeyParts) => Promise<string | null> {
  const count = rest.length + (id === undefined ? 0 : 1)
  if (verb === undefined) return async () => null
  if (verb === 'rotate' && count === 0) {
    return async (parts) => `Made the key ${await addKey(parts, { use: true })}. Keep a copy of ${parts.file} apart from the database.`
  }
  if (verb === 'add' && count === 0) {
    return async (parts) =>
      `Made the key ${await addKey(parts, { use: false })}, which seals nothing yet. Copy ${parts.file} to every server.`
  }
  if (verb === 'use' && id !== undefined && count === 1) {
    return async (parts) => useKey(parts, id).then(() => `The key ${id} seals from now on.`)
  }
  if (verb === 'retire' && id !== undefined && count === 1) {
    return async (parts) =>
      retireKey(parts, id).then(() => `Took the key ${id} out of ${parts.file}. Backups from before cannot be read without it.`)
  }
  throw new StartError(`There is no command “${[verb, id, ...rest].filter((word) => word !== undefined).join(' ')}”.\n${HELP}`)
}

run().catch((error: unknown) => {
  const misread = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  if (misread)
    console.error(`${(error as Error).message}
${HELP}`)
  else console.error(error instanceof StartError ? error.message : error)
  process.exitCode = 1
})
