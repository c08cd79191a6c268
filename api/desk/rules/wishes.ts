/** What somebody may have said of how to reach her without putting her at risk. Null: she did not say. */
export type Said = { safeVoicemail: boolean | null; safeSms: boolean | null; safeSayWhoCalls: boolean | null }

/** What whoever calls keeps to. */
export type Wishes = { voicemail: boolean | null; sms: boolean | null; sayWhoCalls: boolean | null }

/** Of a request that is over a no still holds, as long as it is kept; that she was silent, or said yes, was said of that one only. */
export const onlyNo = ({ safeVoicemail, safeSms, safeSayWhoCalls }: Said): Said => ({
  safeVoicemail: safeVoicemail ?? true,
  safeSms: safeSms ?? true,
  safeSayWhoCalls: safeSayWhoCalls ?? true,
})

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
