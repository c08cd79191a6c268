import { BlockList, isIP } from 'node:net'

/**
 * Which proxies are believed when they say for whom they ask: so many between the public and this server, or these addresses and networks
 * (`10.0.0.0/8`). Nobody: what `X-Forwarded-For` says is whatever the caller wrote.
 */
export type TrustedProxies = { hops: number } | { networks: readonly string[] }

export const NO_PROXY: TrustedProxies = { hops: 0 }

/**
 * Who asks, as an address: that of the connection, or what trusted proxies say of it. Each proxy adds the address it was called from at the
 * end, so the list is read from there, and only as far as whoever wrote an entry is trusted.
 * @param forwarded the header `X-Forwarded-For`
 * @returns null when the connection is gone
 */
export function callerReader(trusted: TrustedProxies): (remote: string | undefined, forwarded: string | undefined) => string | null {
  const isTrusted = trustOf(trusted)
  return (remote, forwarded) => {
    if (remote === undefined) return null
    if (forwarded === undefined || !isTrusted(remote, 0)) return remote
    const entries = forwarded.split(',').map(plainAddress).reverse()
    let caller = remote
    for (const [hop, entry] of entries.entries()) {
      // What a trusted proxy wrote and is no address tells nothing: the proxy itself is the last that is known.
      if (!isTrusted(caller, hop) || entry === null) break
      caller = entry
    }
    return caller
  }
}

function trustOf(trusted: TrustedProxies): (address: string, hop: number) => boolean {
  if ('hops' in trusted) return (_address, hop) => hop < trusted.hops
  const list = new BlockList()
  for (const network of trusted.networks) {
    const [address = '', prefix] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  // Node looks up ::ffff:10.0.0.1 among the IPv4 networks by itself.
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** An entry without port, brackets and zone; null when it is no address ("unknown", "_hidden"). */
function plainAddress(entry: string): string | null {
  const text = entry.trim()
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
  return isIP(bare) === 0 ? null : bare
}
