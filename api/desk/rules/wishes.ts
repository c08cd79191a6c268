/** What somebody may have said of how to reach her without putting her at risk. Null: she did not say. */
export type Said = { safeVoicemail: boolean | null; safeSms: boolean | null; safeSayWhoCalls: boolean | null }

/** What whoever calls keeps to. */
export type Wishes = { voicemail: boolean | null; sms: boolean | null; sayWhoCalls: boolean | null }

/**
 * What is heeded when one phone asked several times: the strictest of all that was said, since nobody knows which of them is said by the person
 * at risk. A no beats silence, and silence beats a yes.
 */
export function strictest(said: readonly Said[]): Wishes {
  const of = (wish: keyof Said): boolean | null => {
    const all = said.map((one) => one[wish])
    return all.includes(false) ? false : all.includes(null) ? null : true
  }
  return { voicemail: of('safeVoicemail'), sms: of('safeSms'), sayWhoCalls: of('safeSayWhoCalls') }
}
