import { defineConfig } from 'vitest/config'
import { SkipReporter } from './test/skips/reporter.js'

export default defineConfig({
  // Tests read the sources, so no build comes first.
  resolve: { conditions: ['rolecast-source'] },
  ssr: { resolve: { conditions: ['rolecast-source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'generator/src/**/*.test.ts',
      'templates/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'generator/src/**/*.ts', 'templates/**/*.ts'],
      exclude: ['**/*.{test,test-d,fixture,cases}.ts'],
      reporter: ['text', 'html'],
    },
    reporters: ['default', new SkipReporter()],
  },
})
