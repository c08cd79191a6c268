import { createServer } from 'node:http'
import type { MetricsSettings } from '../config/running.ts'
import { StartError } from '../db/start-error.ts'
import { type LogError, nameOf } from '../http/errors.ts'
import type { Meter } from './meter.ts'

/**
 * Tells the numbers on a port of their own: what is public has one door, and whoever may come in there must not learn how much goes on.
 * @throws StartError when the port cannot be had
 */
export async function listenForMetrics(
  { host, port }: MetricsSettings,
  meter: Meter,
  logError: LogError,
): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('not found\n')
      return
    }
    meter.text().then(
      (text) => response.writeHead(200, { 'content-type': meter.contentType, 'cache-control': 'no-store' }).end(text),
      (error: unknown) => {
        logError({ event: 'unexpected_error', code: nameOf(error), path: 'metrics' })
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('unexpected\n')
      },
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new StartError(`The numbers cannot be told on METRICS_HOST ${host}, METRICS_PORT ${port} (${code}).`)),
    )
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as { port: number }
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
