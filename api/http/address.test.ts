import { describe, expect, test } from 'vitest'
import { callerReader, type TrustedProxies } from './address.ts'

const PUBLIC = '198.51.100.7'
const PROXY = '10.0.0.2'

describe('who asks', () => {
  const nobody: TrustedProxies = { hops: 0 }
  const one: TrustedProxies = { hops: 1 }
  const two: TrustedProxies = { hops: 2 }
  const network: TrustedProxies = { networks: ['10.0.0.0/8', '192.0.2.1', 'fd00::/8'] }
  const cases: [
    what: string,
    trusted: TrustedProxies,
    remote: string | undefined,
    forwarded: string | undefined,
    expected: string | null,
  ][] = [
    ['the connection’s own address', nobody, PUBLIC, undefined, PUBLIC],
    ['the same, whatever the header says, when no proxy is trusted', nobody, PUBLIC, '203.0.113.9', PUBLIC],
    ['what one proxy says', one, PROXY, PUBLIC, PUBLIC],
    ['what one proxy says, not what the caller wrote before it', one, PROXY, `203.0.113.9, ${PUBLIC}`, PUBLIC],
    ['what the second proxy says', two, PROXY, `203.0.113.9, ${PUBLIC}, 10.0.0.3`, PUBLIC],
    ['the proxy itself when it says nothing', one, PROXY, undefined, PROXY],
    ['the farthest that is known when there are fewer proxies than said', two, PROXY, PUBLIC, PUBLIC],
    ['what proxies of a network say', network, PROXY, `203.0.113.9, ${PUBLIC}, 10.200.0.1`, PUBLIC],
    ['what a proxy of its own address says', network, '192.0.2.1', PUBLIC, PUBLIC],
    ['what a proxy says that is called over IPv6', network, '::ffff:10.0.0.2', PUBLIC, PUBLIC],
    ['what a proxy with an IPv6 address says', network, 'fd00::2', PUBLIC, PUBLIC],
    ['the connection’s own when it is none of the proxies', network, '203.0.113.50', PUBLIC, '203.0.113.50'],
    ['without a port', one, PROXY, `${PUBLIC}:51234`, PUBLIC],
    ['without brackets and port', one, PROXY, '[2001:db8::7]:51234', '2001:db8::7'],
    ['an IPv6 address', one, PROXY, '2001:db8::7', '2001:db8::7'],
    ['the proxy when it says what is no address', one, PROXY, 'unknown', PROXY],
    ['the proxy when it says nothing between commas', one, PROXY, `${PUBLIC}, `, PROXY],
    ['nobody when the connection is gone', one, undefined, PUBLIC, null],
  ]
  test.each(cases)('is %s', (_what, trusted, remote, forwarded, expected) => {
    expect(callerReader(trusted)(remote, forwarded)).toBe(expected)
  })
})
