import { QUICK } from './encoding.ts'
import { makeFile, sendFile, type StaticFile } from './files.ts'

const EXAMPLE = `# Who helps with food in Liège (4000)?
query {
  services(first: 5, filter: { needs: ["food"], postalCode: "4000" }) {
    edges {
      node {
        name
        description
        phones { number }
        openingStatus { label }
      }
    }
  }
}
`

/**
 * The page on which developers try queries. Its assets are in it, 9 MB, so that no other host is asked for anything: it is made when first
 * wanted, compressed once, and kept by the browser for a day.
 */
export function createGraphiQL(): (request: Request) => Promise<Response> {
  let page: Promise<StaticFile> | undefined
  return async (request) => {
    page ??= make()
    return sendFile(await page, request, { 'cache-control': 'private, max-age=86400', 'content-security-policy': "frame-ancestors 'none'" })
  }
}

async function make(): Promise<StaticFile> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = String(await renderGraphiQL({ title: 'Passerelle', endpoint: '/graphql', defaultQuery: EXAMPLE }))
  return makeFile('text/html; charset=utf-8', Buffer.from(html), QUICK)
}
