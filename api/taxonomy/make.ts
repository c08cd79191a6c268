import type { Audience, Need } from '../directory/snapshot.ts'

/** A need for tests, not pressing unless said otherwise; its sub-needs get it as their parent. */
export function makeNeed(code: string, overrides: Partial<Need> = {}): Need {
  const need: Need = { code, urgency: null, quickExit: false, texts: { FR: { label: code } }, parent: null, children: [], ...overrides }
  for (const child of need.children) child.parent = need
  return need
}

/** An audience for tests. */
export const makeAudience = (code: string, overrides: Partial<Audience> = {}): Audience => ({
  code,
  texts: { FR: { label: code } },
  ...overrides,
})
