import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { StartError } from '../db/start-error.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const FROM = 'noreply@aide.example.be'

test('without any setting nobody is written to', () => {
  expect(readConfig({})).toMatchObject({ mail: undefined, sms: undefined })
  const blank = { SMTP_URL: ' ', MAIL_FOLDER: '', MAIL_FROM: ' ', SMS_GATEWAY_URL: '', SMS_GATEWAY_SECRET: ' ' }
  expect(readConfig(blank)).toMatchObject({ mail: undefined, sms: undefined })
})

describe('mails go', () => {
  test.each([
    ['smtp://mail.example.be', { host: 'mail.example.be', port: 587, secure: false, plain: false, auth: null }],
    ['smtp://mail.example.be:2525/', { port: 2525 }],
    ['smtps://mail.example.be', { port: 465, secure: true, plain: false }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', plain: true }],
    ['smtp://localhost', { plain: true }],
    ['smtp://[::1]:1025', { host: '::1', plain: true }],
    ['smtps://localhost', { plain: false }],
    ['SMTP://MAIL.Example.be', { host: 'mail.example.be' }],
    ['smtp://u:p%40ss%25@mail.example.be', { auth: { user: 'u', pass: 'p@ss%' } }],
    ['smtp://me%40example.be:p@mail.example.be', { auth: { user: 'me@example.be', pass: 'p' } }],
  ])('to %s', (SMTP_URL, smtp) => {
    expect(readConfig({ SMTP_URL, MAIL_FROM: FROM }).mail).toMatchObject({ from: FROM, smtp })
  })

  test('into a folder', () => {
    expect(readConfig({ MAIL_FOLDER: 'mail' }).mail).toEqual({ from: 'noreply@localhost', folder: resolve('mail') })
  })

  test.each([FROM, `Rendez-vous <${FROM}>`.replace('-', ' '), `"L’aide & co" <${FROM}>`, `Numéro 5 <${FROM}>`, 'a@localhost'])(
    'from %s',
    (from) => {
      expect(readConfig({ MAIL_FOLDER: 'mail', MAIL_FROM: from }).mail?.from).toBe(from)
    },
  )
})

describe('a setting that cannot work is refused before anything starts', () => {
  test.each<[NodeJS.ProcessEnv, string]>([
    [{ SMTP_URL: 'smtp://a', MAIL_FOLDER: 'b', MAIL_FROM: FROM }, 'SMTP_URL and MAIL_FOLDER are both set'],
    [{ SMTP_URL: 'smtp://mail.example.be' }, 'MAIL_FROM is not'],
    [{ MAIL_FOLDER: 'mail', MAIL_FROM: 'nobody' }, 'MAIL_FROM is “nobody”'],
    [{ MAIL_FOLDER: 'mail', MAIL_FROM: `${FROM}, b@example.be` }, 'MAIL_FROM is'],
    [{ MAIL_FOLDER: 'mail', MAIL_FROM: `A\r\nBcc: x@example.be <${FROM}>` }, 'MAIL_FROM is'],
    ...[
      'mail.example.be',
      'http://mail.example.be',
      'smtp://',
      'smtp://mail.example.be/path',
      'smtp://mail.example.be?tls=no',
      'smtp://geheim@mail.example.be',
    ].map((SMTP_URL): [NodeJS.ProcessEnv, string] => [{ SMTP_URL, MAIL_FROM: FROM }, 'SMTP_URL must look like smtp://user:password@']),
    [{ SMTP_URL: 'smtp://u:100%geheim@mail.example.be', MAIL_FROM: FROM }, 'write a % in its user or password as %25'],
    [{ SMS_GATEWAY_URL: 'https://sms.example.be' }, 'go together'],
    [{ SMS_GATEWAY_SECRET: SECRET }, 'go together'],
    [{ SMS_GATEWAY_URL: 'http://sms.example.be', SMS_GATEWAY_SECRET: SECRET }, 'must begin with https'],
    [{ SMS_GATEWAY_URL: 'http://127.0.0.1:8080', SMS_GATEWAY_SECRET: SECRET, HOST: '0.0.0.0' }, 'must begin with https'],
    [{ SMS_GATEWAY_URL: 'https://u:geheim@sms.example.be', SMS_GATEWAY_SECRET: SECRET }, 'without user or password'],
    [{ SMS_GATEWAY_URL: 'sms.example.be', SMS_GATEWAY_SECRET: SECRET }, 'must look like https://'],
    ...[
      'geheim',
      'whsec_',
      `whsec_${'ge'.repeat(8)}`,
      `whsec_${Buffer.alloc(23, 1).toString('base64')}`,
      `whsec_${Buffer.alloc(65, 1).toString('base64')}`,
      `${SECRET}!`,
    ].map((secret): [NodeJS.ProcessEnv, string] => [
      { SMS_GATEWAY_URL: 'https://sms.example.be', SMS_GATEWAY_SECRET: secret },
      '24 to 64 bytes in base64',
    ]),
  ])('%j', (env, message) => {
    expect(() => readConfig(env)).toThrow(StartError)
    expect(() => readConfig(env)).toThrow(message)
    // What may be a password is not repeated.
    expect(() => readConfig(env)).not.toThrow('geheim')
  })
})

test.each([
  ['https://sms.example.be/send?queue=1', {}],
  ['http://127.0.0.1:8080/', {}],
  ['http://localhost:8080/', { HOST: '::1' }],
])('text messages go to %s', (SMS_GATEWAY_URL, env) => {
  expect(readConfig({ ...env, SMS_GATEWAY_URL, SMS_GATEWAY_SECRET: SECRET }).sms).toEqual({ url: SMS_GATEWAY_URL, secret: SECRET })
})
