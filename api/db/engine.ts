import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { DiffTarget, MigrationList } from '@prisma/schema-engine-wasm'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'

// The only state kept in a module here: the package's glue code is itself one per process, and mixes up the memories of two instances.
let loaded: Promise<void> | undefined

/**
 * Prisma's schema engine, in WebAssembly and in this process: the same that `prisma migrate deploy` downloads as a binary.
 * Loading it takes about 0.1 s and some megabytes, so only callers that have something to migrate do.
 */
async function startEngine(factory: SqlMigrationAwareDriverAdapterFactory): Promise<glue.SchemaEngine> {
  loaded ??= load()
  await loaded
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
}

/** The package's own entry point imports its .wasm file as a module, which Node 20 cannot; so the two are put together by hand. */
async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(entry.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports })
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
}

const NO_FILTER = { externalTables: [], externalEnums: [] }

/** Applies the migrations of the list that the database has not seen, and records them in `_prisma_migrations`. */
export async function applyMigrations(factory: SqlMigrationAwareDriverAdapterFactory, migrationsList: MigrationList): Promise<string[]> {
  const engine = await startEngine(factory)
  try {
    return (await engine.applyMigrations({ migrationsList, filters: NO_FILTER })).appliedMigrationNames
  } finally {
    engine.free()
  }
}

/**
 * The SQL that turns a database of one Prisma schema into one of another; empty when they do not differ. Needs no database.
 * (The engine cannot read a schema from a database through `PrismaPg`, which does not know PostgreSQL's type "char".)
 * @param from text of the present schema; null for an empty database
 * @param to text of the wanted schema
 */
export async function diffSchemas(from: string | null, to: string): Promise<string> {
  const engine = await startEngine(noDatabase)
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : schemaTarget(from),
      to: schemaTarget(to),
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    })
    const sql = stdout?.trim() ?? ''
    return sql === '-- This is an empty migration.' ? '' : sql
  } finally {
    engine.free()
  }
}

const schemaTarget = (content: string): DiffTarget => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] })

/** The engine asks which server it talks to before it does anything, even for a comparison of two texts. */
const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () => Promise.resolve(silentAdapter),
  connectToShadowDb: () => Promise.resolve(silentAdapter),
}

const silentAdapter: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'none',
  queryRaw: () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] }),
  executeRaw: () => Promise.resolve(0),
  executeScript: () => Promise.resolve(),
  startTransaction: () => Promise.reject(new Error('no database here')),
  dispose: () => Promise.resolve(),
}
