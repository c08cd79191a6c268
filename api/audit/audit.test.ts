import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newKeyFile, readKeyFile } from '../sealing/keys.ts'
import type { Keys } from '../sealing/seal.ts'
import { createTestApp } from '../testing/ask.ts'
import { change, requestCallback } from '../testing/callbacks.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { chainAudit, type Mark, verifyChain } from './actions/chain.ts'

let database: TestDatabase
const keys = readKeyFile(JSON.stringify(newKeyFile())) as Keys
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => tamper('TRUNCATE "audit_event"'))

const AT = new Date('2026-11-17T09:00:00Z')
const write = (count: number) =>
  database.client.auditEvent.createMany({
    data: Array.from({ length: count }, () => ({ at: AT, actor: 'citizen', action: 'callback.requested', subjectId: randomUUID() })),
  })
const chain = () => chainAudit(database.sql, keys)
const verify = (known?: Mark) => verifyChain(database.sql, keys, known)
const links = () => database.client.auditEvent.findMany({ orderBy: { link: 'asc' } })

/** As somebody does who rules the whole database: without the trigger that keeps the trail. */
async function tamper(statement: string): Promise<void> {
  const connection = await database.sql.connect()
  await connection.query('BEGIN; ALTER TABLE "audit_event" DISABLE TRIGGER USER')
  await connection.query(statement)
  await connection.query('ALTER TABLE "audit_event" ENABLE TRIGGER USER; COMMIT')
  connection.release()
}

test('what is done in the application is chained, in order, once', async () => {
  const app = await createTestApp()
  const phone = '0470 12 34 56'
  const reference = await requestCallback(app, { phone })
  await change(app, 'cancelCallback', { reference, phone })
  await app.runJobsOnce()
  await change(app, 'eraseCallback', { reference, phone })
  await app.runJobsOnce()
  await app.runJobsOnce()
  const rows = await app.db.auditEvent.findMany({ orderBy: { link: 'asc' } })
  expect(rows.map(({ link, action }) => [link, action])).toEqual([
    [1n, 'callback.requested'],
    [2n, 'callback.cancelled'],
    [3n, 'callback.erased'],
  ])
  expect(await verifyChain(app.sql, app.keys)).toEqual({ good: 3, last: { link: 3n, hash: rows[2]?.hash }, broken: null, waiting: 0 })
  await app.close()
})

test('a trail without rows is whole, and rows that wait are counted', async () => {
  expect(await verify()).toEqual({ good: 0, last: null, broken: null, waiting: 0 })
  await write(2)
  expect(await verify()).toEqual({ good: 0, last: null, broken: null, waiting: 2 })
})

test('many rows are chained in several steps', async () => {
  await write(1_203)
  expect(await chain()).toBe(1_203)
  expect(await verify()).toMatchObject({ good: 1_203, broken: null, waiting: 0 })
})

test.each<[string, string, number]>([
  ['when it happened', `UPDATE "audit_event" SET "at" = "at" + interval '1 ms' WHERE "link" = 3`, 3],
  ['who did it', `UPDATE "audit_event" SET "actor" = 'system' WHERE "link" = 3`, 3],
  ['what was done', `UPDATE "audit_event" SET "action" = 'callback.erased' WHERE "link" = 3`, 3],
  ['to what', `UPDATE "audit_event" SET "subject_id" = gen_random_uuid() WHERE "link" = 3`, 3],
  ['its number', `UPDATE "audit_event" SET "id" = "id" + 1000 WHERE "link" = 3`, 3],
  ['its hash', `UPDATE "audit_event" SET "hash" = 'x' WHERE "link" = 3`, 3],
  ['the first row', `UPDATE "audit_event" SET "actor" = 'system' WHERE "link" = 1`, 1],
  ['the last row', `UPDATE "audit_event" SET "actor" = 'system' WHERE "link" = 5`, 5],
  ['nothing but that a row is gone', `DELETE FROM "audit_event" WHERE "link" = 3`, 3],
  ['nothing but that the first row is gone', `DELETE FROM "audit_event" WHERE "link" = 1`, 1],
  [
    'the gap that a row left',
    `DELETE FROM "audit_event" WHERE "link" = 3; UPDATE "audit_event" SET "link" = 3 WHERE "link" = 4; UPDATE "audit_event" SET "link" = 4 WHERE "link" = 5`,
    3,
  ],
  [
    'the places of two rows',
    `UPDATE "audit_event" SET "link" = -1 WHERE "link" = 2; UPDATE "audit_event" SET "link" = 2 WHERE "link" = 3; UPDATE "audit_event" SET "link" = 3 WHERE "link" = -1`,
    2,
  ],
  [
    'what two rows say',
    `UPDATE "audit_event" AS a SET "subject_id" = b."subject_id" FROM "audit_event" AS b WHERE (a."link", b."link") IN ((2, 4), (4, 2))`,
    2,
  ],
])('whoever alters %s breaks the chain there', async (_what, statement, broken) => {
  await write(5)
  await chain()
  await tamper(statement)
  expect(await verify()).toMatchObject({ good: broken - 1, broken: BigInt(broken) })
})

test('with another key nothing fits', async () => {
  await write(2)
  await chain()
  const others = readKeyFile(JSON.stringify(newKeyFile())) as Keys
  expect(await verifyChain(database.sql, others)).toMatchObject({ good: 0, broken: 1n })
})

test('what was cut off at the end is seen by a mark that was kept', async () => {
  await write(5)
  await chain()
  const { last } = await verify()
  await tamper('DELETE FROM "audit_event" WHERE "link" > 3')
  expect(await verify()).toMatchObject({ good: 3, broken: null })
  expect(await verify(last ?? undefined)).toMatchObject({ good: 3, broken: 4n })
  await write(4)
  await chain()
  expect(await verify()).toMatchObject({ good: 7, broken: null })
  expect(await verify(last ?? undefined)).toMatchObject({ good: 4, broken: 5n })
})

test('a mark that was kept is found in a longer chain', async () => {
  await write(3)
  await chain()
  const { last } = await verify()
  await write(3)
  await chain()
  expect(await verify(last ?? undefined)).toMatchObject({ good: 6, broken: null })
})

test('several processes at once make one chain', async () => {
  await write(1_100)
  const done = await Promise.all(Array.from({ length: 5 }, chain))
  // Those that found the trail taken left it to the others.
  expect(done.reduce((sum, count) => sum + count, 0) + (await chain())).toBe(1_100)
  expect(await verify()).toMatchObject({ good: 1_100, broken: null, waiting: 0 })
})

test('a row whose transaction ends late has its place behind those that came before it', async () => {
  const late = await database.sql.connect()
  await late.query('BEGIN')
  const insert = `INSERT INTO "audit_event" ("at", "actor", "action", "subject_id") VALUES (now(), 'citizen', 'late', gen_random_uuid()) RETURNING "id"`
  const { rows } = await late.query(insert)
  await write(2)
  await chain()
  await late.query('COMMIT')
  late.release()
  await write(1)
  await chain()
  const all = await links()
  expect(all.map(({ action }) => action)).toEqual(['callback.requested', 'callback.requested', 'late', 'callback.requested'])
  expect(all[2]?.id).toBe(BigInt(rows[0].id))
  expect(all.every(({ id }, index) => index === 2 || id > BigInt(rows[0].id))).toBe(true)
  expect(await verify()).toMatchObject({ good: 4, broken: null })
})

test.each([
  ['altered', `UPDATE "audit_event" SET "actor" = 'nobody'`],
  ['chained anew', `UPDATE "audit_event" SET "link" = "link" + 10, "hash" = 'x'`],
  ['deleted', 'DELETE FROM "audit_event"'],
  ['emptied', 'TRUNCATE "audit_event"'],
])('the trail itself refuses to be %s', async (_what, statement) => {
  await write(1)
  await chain()
  await expect(database.sql.query(statement)).rejects.toThrow('append-only')
  expect(await verify()).toMatchObject({ good: 1, broken: null })
})
