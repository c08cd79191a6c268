import { readFileSync } from 'node:fs'
import { JSON_HEADERS, listen, readBody } from './answer.ts'

/**
 * (a) The limit: Node's own HTTP server, which reads the request and sends an answer that was ready before. READY names a file with the
 * answers, by the path they are asked at.
 */
const answers = new Map(
  Object.entries(JSON.parse(readFileSync(process.env.READY ?? '', 'utf8')) as Record<string, string>).map(([path, text]) => [
    path,
    Buffer.from(text),
  ]),
)

listen(async (request, response) => {
  await readBody(request)
  const answer = answers.get(request.url ?? '')
  if (!answer) return void response.writeHead(404).end()
  response.writeHead(200, { ...JSON_HEADERS, 'content-length': answer.length }).end(answer)
})
