import * as enums from '../db/generated/enums.ts'
import { builder } from './builder.ts'

/** A GraphQL enum of a database enum, with a description for every value: a missing one is a compile error. */
function describedEnum<T extends Record<string, string>>(
  name: string,
  values: T,
  description: string,
  each: Record<keyof T & string, string>,
) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(Object.keys(values).map((value) => [value, { description: each[value as keyof T & string] }])) as {
      [K in keyof T & string]: { description: string }
    },
  })
}

export const LanguageCodeEnum = describedEnum('LanguageCode', enums.LanguageCode, 'A language of texts and of people.', {
  FR: 'French.',
  DE: 'German.',
  NL: 'Dutch.',
  EN: 'English.',
})

export const UrgencyEnum = describedEnum('Urgency', enums.Urgency, 'How pressing a situation is.', {
  DANGER: 'Life or safety is at stake: call the emergency numbers, never wait for a callback.',
  CRISIS: 'Acute distress: help is needed the same day.',
  SOON: 'Within the next working days.',
  INFO: 'A question without a deadline.',
})

export const OrganizationKindEnum = describedEnum('OrganizationKind', enums.OrganizationKind, 'What sort of body an organization is.', {
  CPAS: 'A public welfare centre (CPAS, OCMW, ÖSHZ).',
  COMMUNE: 'A municipality.',
  REGION: 'A region or a community.',
  ASSOCIATION: 'A non-profit association.',
  PUBLIC_SERVICE: 'Another public service.',
})

export const ServiceStatusEnum = describedEnum('ServiceStatus', enums.ServiceStatus, 'Whether a service is given at present (HSDS).', {
  ACTIVE: 'Given now.',
  INACTIVE: 'Not given at present.',
  DEFUNCT: 'Ended for good.',
  TEMPORARILY_CLOSED: 'Closed for a time.',
})

export const AreaKindEnum = describedEnum('AreaKind', enums.AreaKind, 'How wide a service area is.', {
  COMMUNE: 'One commune.',
  PROVINCE: 'One province.',
  REGION: 'One region.',
  COUNTRY: 'The whole country.',
})

export const LineKindEnum = describedEnum('LineKind', enums.LineKind, 'What a phone line is for.', {
  SOCIAL: 'Agents listen, orient, and call back.',
  LISTENING: 'Somebody listens; nobody calls back.',
  EMERGENCY: 'The emergency number.',
})

export const MenuEntryKindEnum = describedEnum('MenuEntryKind', enums.MenuEntryKind, 'What happens when a caller presses this key.', {
  SERVICE: 'The line itself gives the service.',
  QUEUE: 'The caller waits for the line’s own agents.',
  PARTNER: 'A partner organization answers.',
  TRANSFER: 'The call is transferred to another body.',
})

export const CallbackStatusEnum = describedEnum('CallbackStatus', enums.CallbackStatus, 'Where a request to be called back stands.', {
  NEW: 'Received; nobody has taken it yet.',
  CLAIMED: 'An agent has taken it and is about to call.',
  REACHED: 'An agent spoke with the person.',
  CLOSED: 'Finished, with an outcome.',
  ESCALATED: 'Handed to a partner organization.',
  UNREACHABLE: 'Nobody answered after all the attempts.',
  CANCELLED: 'The person withdrew the request.',
})
