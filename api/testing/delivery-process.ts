import { readFileSync } from 'node:fs'
import type { CrashPoint } from '../context.ts'
import { crasher } from '../crash.ts'
import { createClient } from '../db/open.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { caseRoute } from '../escalation/actions/send-route.ts'
import { caseWays } from '../escalation/actions/send-ways.ts'
import { openRunner } from '../jobs/runner.ts'
import { outboxJobs } from '../jobs/ways.ts'
import { NO_LIMITS } from '../limits/limits.ts'
import { readKeyFile } from '../sealing/keys.ts'
import type { Keys } from '../sealing/seal.ts'

/**
 * A process that sends what is due, for tests that kill one. Its arguments: the database, the file with its keys, the moment it takes for now, and
 * where it kills itself (`delivery.sent:3`: at the third passage), if it does. Otherwise it says so when it is done.
 */
const [url = '', keysFile = '', moment = '', crashAt = ''] = process.argv.slice(2)
const [, point, passages] = /^([a-z.]+):(\d+)$/.exec(crashAt) ?? []
const reach: (point: CrashPoint) => void = crasher(point === undefined ? null : { point, passages: Number(passages) })

const { client: db, sql, close } = createClient(url)
const keys = readKeyFile(readFileSync(keysFile, 'utf8')) as Keys
// A line's hours are not asked for when a case is received; loading the content would take most of a second.
const directory = { current: () => ({ linesById: new Map() }) as unknown as Snapshot }
const began = performance.now()
const clock = () => new Date(Date.parse(moment) + performance.now() - began)
const parts = { db, sql, keys, directory, clock, limits: NO_LIMITS, loopback: true, origin: 'http://localhost', reach }
const runner = openRunner(outboxJobs({ sql, clock, routes: [caseRoute(false)], ways: caseWays(parts, []), reach }), () => {})
await runner.runOnce()
process.stdout.write('{"done":true}\n')
await runner.close()
await close()
process.exit()
