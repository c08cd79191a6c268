import type { Audience, Need, NeedTexts } from '../directory/snapshot.ts'

export const makeNeedTexts = (label: string, overrides: Partial<NeedTexts> = {}): NeedTexts => ({
  label,
  keywords: null,
  dangerPhrases: [],
  ...overrides,
})

/** A need for tests, not pressing unless said otherwise; its sub-needs get it as their parent. */
export function makeNeed(code: string, overrides: Partial<Need> = {}): Need {
  const need: Need = {
    code,
    urgency: null,
    quickExit: false,
    servedByCpas: false,
    texts: { FR: makeNeedTexts(code) },
    parent: null,
    children: [],
    ...overrides,
  }
  for (const child of need.children) child.parent = need
  return need
}

/** An audience for tests. */
export const makeAudience = (code: string, overrides: Partial<Audience> = {}): Audience => ({
  code,
  texts: { FR: { label: code } },
  ...overrides,
})
