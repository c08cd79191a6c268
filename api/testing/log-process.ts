import { openLog } from '../log.ts'

/** A process that logs one of everything. Arguments: the settings as JSON, and whether a person reads along. */
const [settings = '', terminal] = process.argv.slice(2)
const log = openLog(JSON.parse(settings), terminal === 'true')

log.request?.({ reqId: 'a-1', route: 'graphql', status: 200, ms: 1.2689 })
log.info('It is ready.\n  Here')
log.warn('Mind this.')
log.told('Read this.')
log.error({ event: 'unexpected_error', code: 'TypeError E_X', path: 'http', reqId: 'a-1' })
log.fatal('It cannot start.')
process.exit()
