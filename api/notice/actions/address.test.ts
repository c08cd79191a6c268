import type { lookup, LookupAddress, LookupOptions } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { lookUpAllowed, mayConnect } from './address.ts'

describe('an address', () => {
  test.each([
    '8.8.8.8',
    '193.190.130.15',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '223.255.255.255',
    '2a00:1450:400e:80c::200e',
    '[2606:4700::1111]',
    'sms.example.be',
  ])('that may be connected to: %s', (host) => {
    expect(mayConnect(host, false)).toBe(true)
  })

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::1',
    '[::1]',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '3fff::1',
  ])('that may not: %s', (host) => {
    expect(mayConnect(host, false)).toBe(false)
  })

  test.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['[::1]', true],
    ['10.0.0.1', false],
    ['169.254.169.254', false],
    ['8.8.8.8', true],
  ])('while only this machine reaches the server: %s %s', (host, expected) => {
    expect(mayConnect(host, true)).toBe(expected)
  })
})

describe('a name', () => {
  const names: Record<string, LookupAddress[]> = {
    'public.example': [{ address: '8.8.8.8', family: 4 }],
    'inside.example': [
      { address: '10.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ],
    'both.example': [
      { address: '127.0.0.1', family: 4 },
      { address: '9.9.9.9', family: 4 },
    ],
  }
  const find = ((name: string, _options: unknown, done: (error: Error | null, addresses: LookupAddress[]) => void) =>
    names[name] ? done(null, names[name]) : done(new Error('ENOTFOUND'), [])) as unknown as typeof lookup
  const looked = (name: string, options: LookupOptions) =>
    new Promise((resolve) => {
      lookUpAllowed(false, find)(name, options, (error, address, family) =>
        resolve(error ? ((error as NodeJS.ErrnoException).code ?? error.message) : family === undefined ? address : `${address} ${family}`),
      )
    })

  test.each<[string, unknown]>([
    ['public.example', [{ address: '8.8.8.8', family: 4 }]],
    ['both.example', [{ address: '9.9.9.9', family: 4 }]],
    ['inside.example', 'ADDRESS_REFUSED'],
    ['nowhere.example', 'ENOTFOUND'],
  ])('%s', async (name, expected) => {
    expect(await looked(name, { all: true })).toEqual(expected)
  })

  test('for one address', async () => {
    expect(await looked('both.example', {})).toBe('9.9.9.9 4')
    expect(await looked('inside.example', {})).toBe('ADDRESS_REFUSED')
  })
})
