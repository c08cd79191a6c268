/**
 * What a finder hands to a callback element on the same page, as the detail of the cancelable event `passerelle-call`
 * (`this.emit('call', detail, true)`). The callback that takes it calls `preventDefault()`, so `emit` answers false: taken.
 * Slugs and public titles only.
 */
export interface CallDetail {
  need?: string
  service?: string
  faqEntry?: string
  /** The service's name or the question, shown above the form. */
  title?: string
  /** The language of that title, when it is not the element's. */
  lang?: string
}
