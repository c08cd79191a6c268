/** Reading a page as a browser would, for tests. */

const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')

const withoutStyle = (page: string) => page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')

/** The words of a page. */
export const plainText = (page: string): string => unescaped(withoutStyle(page).replace(/<[^>]*>/g, ' '))

export const titleOf = (page: string): string => unescaped(/<title>(.*?)<\/title>/s.exec(page)?.[1] ?? '')

/** The reference shown, if any. */
export const referenceOf = (page: string): string | undefined => /class="reference">([^<]*)</.exec(page)?.[1]

/** Where the links of the error summary lead. */
export const summaryOf = (page: string): string[] =>
  [...(/role="alert" tabindex[\s\S]*?<\/ul>/.exec(page)?.[0] ?? '').matchAll(/href="(#[^"]*)"/g)].map(([, target]) => target as string)

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : unescaped(found)
}

/** What a browser would send of the form as it stands, without a button. */
export function fieldsOf(page: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const isChoice = /type="(radio|checkbox)"/.test(tag)
    if (name && (!isChoice || / checked/.test(tag))) fields[name] = attribute(tag, 'value') ?? ''
  }
  for (const [, tag = '', options = ''] of page.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    const chosen = all.find((option) => / selected/.test(option)) ?? all[0] ?? ''
    fields[attribute(tag, 'name') as string] = attribute(chosen, 'value') ?? ''
  }
  for (const [, tag = '', text = ''] of page.matchAll(/(<textarea[^>]*>)\n?([\s\S]*?)<\/textarea>/g))
    fields[attribute(tag, 'name') as string] = unescaped(text)
  return fields
}

/** Elements that have no end. */
const VOID = new Set(['meta', 'link', 'br', 'input'])

/** Every tag is closed in its turn: no value has broken the markup. */
export function isWellFormed(page: string): boolean {
  const open: string[] = []
  for (const [, end, name = ''] of withoutStyle(page).matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/gi)) {
    if (VOID.has(name)) continue
    if (!end) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}
