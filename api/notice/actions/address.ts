import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'

/** What is not reached from everywhere (IANA's special-purpose registries of addresses, 2026). */
const NOT_PUBLIC = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6')

/** The only part of IPv6 that is given out to networks so far. */
const GLOBAL_IPV6 = new BlockList()
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6')

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether we may connect to a host as an address has it. A name may be tried: its addresses are judged when it is looked up. */
export function mayConnect(host: string, loopback: boolean): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) === 0) return true
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (loopback && LOOPBACK.check(address, family)) return true
  return !NOT_PUBLIC.check(address, family) && (family === 'ipv4' || GLOBAL_IPV6.check(address, family))
}

/**
 * Looks a name up for one connection, and gives only addresses we may connect to: the very ones that are then connected to, so that a name
 * which points elsewhere a moment later gains nothing.
 */
export const lookUpAllowed =
  (loopback: boolean, find: typeof lookup = lookup): LookupFunction =>
  (name, options, done) => {
    find(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0)
      const allowed = addresses.filter(({ address }) => mayConnect(address, loopback))
      const [first] = allowed
      if (!first) return done(Object.assign(new Error('address refused'), { code: 'ADDRESS_REFUSED' }), '', 0)
      if (options.all) done(null, allowed)
      else done(null, first.address, first.family)
    })
  }
