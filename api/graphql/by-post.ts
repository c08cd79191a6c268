import type { Context } from '../context.ts'
import { PostRequired } from '../errors.ts'

/** What a person may type or tell, of a filter or a situation. */
type Told = {
  search?: string | null
  text?: string | null
  age?: number | null
  audiences?: readonly string[] | null
}

/**
 * Words that a person types, and what she tells of herself, come in a body: an address ends up in histories and in the logs of every server
 * on the way. Needs, communes, languages and hours are choices among what the directory offers; they may stand in one, so that a page of
 * aids can be linked to and kept by caches. An empty text or list tells nothing.
 * @throws PostRequired when the request is a GET and any of these was told
 */
export function refuseInAddress({ byAddress }: Context, { search, text, age, audiences }: Told): void {
  const told = Boolean(search?.trim() || text?.trim()) || age != null || (audiences?.length ?? 0) > 0
  if (byAddress && told) throw new PostRequired()
}
