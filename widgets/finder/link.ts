/**
 * What a link to a search may say: codes that are public, never words, age or audience. It stands in the fragment, which browsers send to
 * no server: `#passerelle=food,62063,banque-alimentaire`.
 */
export interface Linked {
  need: string
  /** NIS code of the commune. */
  commune?: string
  /** Slug of the service that was open. */
  service?: string
}

/** The address of this page with a search in it. */
export const linkTo = (page: string, { need, commune = '', service = '' }: Linked): string =>
  `${page.split('#')[0]}#passerelle=${need},${commune},${service}`

/** What the fragment of an address says; nothing when it is not ours, or says anything else than codes. */
export function linkedIn(fragment: string): Linked | undefined {
  const [, need, commune, service] = /^#passerelle=([a-z.-]{1,60}),(\d{5})?,([a-z\d-]{1,120})?$/.exec(fragment) ?? []
  return need ? { need, commune, service } : undefined
}
