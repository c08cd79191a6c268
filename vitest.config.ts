import { existsSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

/** Playwright's own download is not needed where the system has a Chromium. */
const executablePath =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'].find((path) => existsSync(path))

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'api',
          environment: 'node',
          include: ['api/**/*.test.ts', 'prisma/**/*.test.ts'],
          globalSetup: ['./api/testing/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Lit's development build warns on the console and weighs more; tests run what is shipped.
        resolve: { conditions: ['browser', 'production'] },
        optimizeDeps: { include: ['lit', 'lit/directives/live.js', 'axe-core'] },
        test: {
          name: 'widgets',
          include: ['widgets/**/*.test.ts'],
          exclude: ['widgets/**/*.node.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath,
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 900 } }],
          },
        },
      },
      {
        // What is measured on the built files needs no browser.
        test: { name: 'bundles', environment: 'node', include: ['widgets/**/*.node.test.ts'], testTimeout: 60_000 },
      },
    ],
  },
})
