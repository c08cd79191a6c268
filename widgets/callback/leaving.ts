/** How long after a click on a number to call nothing is asked, in ms: browsers take the opening of the dialler for leaving the page. */
const CALLING_MS = 1_000

/**
 * Has the browser ask before the page is left; never before a call.
 * @param sending while it is true, leaving might lose something
 * @returns ends it
 */
export function guard(sending: () => boolean): () => void {
  const life = new AbortController()
  let called = -CALLING_MS
  const click = (event: Event) => {
    if (event.composedPath().some((one) => (one as Element).matches?.('a[href^="tel:"]'))) called = event.timeStamp
  }
  const leave = (event: BeforeUnloadEvent) => {
    if (!sending() || event.timeStamp - called < CALLING_MS) return
    event.preventDefault()
    event.returnValue = ''
  }
  // Before anybody on the page can keep the click to themselves.
  addEventListener('click', click, { capture: true, signal: life.signal })
  addEventListener('beforeunload', leave, { signal: life.signal })
  return () => life.abort()
}
