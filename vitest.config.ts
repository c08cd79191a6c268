import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './scripts/chromium.mjs'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Node.js loads graphql's CommonJS build for the libraries; a second copy in tests would not know their errors and schemas. */
const oneGraphql = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

/** What is waited for comes when it comes: a busy machine takes longer, and nothing is measured this way. */
const patient = { poll: { timeout: 15_000 } }

const processes = [
  'api/main.test.ts',
  'api/freshness.test.ts',
  'api/callback/flood.test.ts',
  'api/notice/process.test.ts',
  'api/desk/process.test.ts',
  'api/editing/process.test.ts',
  'api/site/process.test.ts',
  'api/escalation/faults.test.ts',
  'api/db/*.test.ts',
  'faults/faults.test.ts',
  'api/testing/sentinel.test.ts',
  'api/sealing/running.test.ts',
  'widgets/desk/morning.node.test.ts',
  'widgets/desk/chain.node.test.ts',
  'widgets/workshop/workshop.node.test.ts',
]

export default defineConfig({
  test: {
    // Once for all projects: Prisma's schema engine is one per process.
    globalSetup: ['./api/testing/global-setup.ts'],
    projects: [
      {
        resolve: oneGraphql,
        test: {
          name: 'api',
          expect: patient,
          environment: 'node',
          include: ['api/**/*.test.ts', 'prisma/**/*.test.ts', 'faults/check.test.ts'],
          exclude: processes,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole processes that are started, killed and started again: one file at a time, with time enough on a small machine.
        resolve: oneGraphql,
        test: {
          name: 'processes',
          expect: patient,
          environment: 'node',
          include: processes,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Lit's development build warns on the console and weighs more; tests run what is shipped.
        resolve: { conditions: ['browser', 'production'] },
        optimizeDeps: { include: ['lit/html.js', 'axe-core'] },
        test: {
          name: 'widgets',
          expect: patient,
          sequence: { groupOrder: 2 },
          include: ['widgets/**/*.test.ts'],
          exclude: ['widgets/**/*.node.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium(),
                args: flags,
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 900 } }],
          },
        },
      },
      {
        // The built files: their sizes, and how they behave on another site's page.
        test: {
          name: 'bundles',
          expect: patient,
          environment: 'node',
          include: ['widgets/**/*.node.test.ts', 'scripts/**/*.node.test.ts', 'bench/**/*.node.test.ts'],
          exclude: processes,
          testTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
