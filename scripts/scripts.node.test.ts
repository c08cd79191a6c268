import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from './build.mjs'
import { findChromium } from './chromium.mjs'

test('what is built already is not built again, so that a later start is quick', async () => {
  await build()
  expect(await build()).toBe(false)
})

test('CHROMIUM_PATH is believed only when there is an executable', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-chromium-'))
  const path = join(folder, 'chromium')
  expect(() => findChromium({ CHROMIUM_PATH: path })).toThrow(`CHROMIUM_PATH is “${path}”: there is no executable there.`)
  await writeFile(path, '#!/bin/sh\n', { mode: 0o755 })
  expect(findChromium({ CHROMIUM_PATH: path })).toBe(path)
  expect(findChromium({ PATH: folder })).toBe(path)
  await rm(folder, { recursive: true })
})
