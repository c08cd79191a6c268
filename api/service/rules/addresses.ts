/** An address of the web in the characters of RFC 3986; what is none, or none of the web, is left out. */
export function webAddress(text: string | null): string | undefined {
  if (!text || !URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** An address of one mailbox, without a name; what has another form is left out. */
export const mailAddress = (text: string | null): string | undefined =>
  text && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i.test(text) ? text : undefined

/**
 * The origin under which people reach the server: behind a proxy a request does not say that it came by https, our own origins do.
 * @param own our own origins, as the configuration has them
 */
export const publicOrigin = (url: URL, own: ReadonlySet<string>): string =>
  [...own].find((origin) => new URL(origin).host === url.host) ?? url.origin
