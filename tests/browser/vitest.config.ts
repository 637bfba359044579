import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Every file is a journey with a hub and a database of its own; one after the other, because they look at time. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: `${process.env.SPLOT_BUILD}/browser-cache`,
  test: {
    include: [process.env.SPLOT_FIGURES ? '**/*.figures.ts' : '**/*.spec.ts'],
    exclude: ['node_modules/**'],
    globalSetup: 'harness/template.ts',
    fileParallelism: false,
    testTimeout: process.env.SPLOT_FIGURES ? 900_000 : 120_000,
    hookTimeout: 120_000,
    reporters: ['verbose'],
  },
})
