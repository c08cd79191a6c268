import { defineConfig } from 'prisma/config'

// `prisma generate` needs no schema engine but would fetch one at every run; naming any executable stops that. Only for `generate`:
// `prisma migrate deploy` must find the real engine.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
