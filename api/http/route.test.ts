import { expect, test } from 'vitest'
import { routeOf } from './route.ts'

test.each([
  ['/', 'index'],
  ['/?phone=0470123456', 'index'],
  ['/graphql', 'graphql'],
  ['/graphql?query={lines{slug}}', 'graphql'],
  ['/services/courses-liege', 'services'],
  ['/invitation/a-secret', 'invitation'],
  ['/sign-in/code', 'sign-in'],
  ['/desk', 'desk'],
  ['/case/a-secret', 'case'],
  ['/partner-events/an-id', 'partner-events'],
  ['/partner', 'partner'],
  ['/0470123456', 'other'],
  ['/servicesandmore', 'other'],
  ['/__proto__', 'other'],
  ['//graphql', 'other'],
])('%s is told as %s', (target, route) => {
  expect(routeOf({ method: 'GET', target, headers: {}, body: null })).toBe(route)
})
