import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { all, inside, settle, shown, violations } from '../../shared/testing/fixture.ts'
import type { PasserelleDesk } from '../desk.ts'

/** A phone, a small one, and the screen of a call centre. */
const WIDTHS = [390, 320, 1440]

/** What says that the state is there is shown; no violation at 390 and 1440 pixels, nothing wider than the page, nothing to press that is lower than 44 pixels. */
export async function check(element: PasserelleDesk, state: string, sign: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.viewport(width, width === 1440 ? 900 : 844)
    await settle(element)
    const where = `${state} at ${width}`
    expect.soft(shown(inside(element, sign)), where).toBe(true)
    expect.soft(document.documentElement.scrollWidth, where).toBeLessThanOrEqual(width)
    const targets = all(element, 'button, select, summary, .choices > label, textarea, input:not([type=radio], [type=checkbox])').filter(
      shown,
    )
    expect
      .soft(
        targets.filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML),
        where,
      )
      .toEqual([])
    if (width !== 320) expect.soft(await violations(element), where).toEqual([])
  }
}
