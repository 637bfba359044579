import optimizeLocales from '@react-aria/optimize-locales-plugin'
import { defineConfig, type Plugin } from 'vite'

/** Both fonts begin to load with the page, not when the first text is laid out. */
function preloadFonts(): Plugin {
  return {
    name: 'splot-preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head',
          })),
    },
  }
}

/** A one-letter word never ends a line in Polish: it is tied to the next one, in the texts of the client itself. */
function tieShortWords(): Plugin {
  return {
    name: 'splot-tie-short-words',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('.pl.ts') ? code.replace(/(?<=[\s'"`„(])([aiouwz]) (?=[\p{L}\d„$])/giu, '$1\u00a0') : undefined,
  }
}

/** `npx vite` beside a running hub: HUB=http://localhost:8444. */
const hub = process.env.HUB ?? 'http://localhost:8444'

export default defineConfig({
  base: '/',
  esbuild: { jsx: 'automatic' },
  // Without 'pre' the plugin comes too late, and thirty languages are shipped.
  plugins: [{ ...optimizeLocales.vite({ locales: ['pl-PL'] }), enforce: 'pre' }, tieShortWords(), preloadFonts()],
  build: {
    target: ['chrome138', 'firefox140', 'safari16.4'],
    assetsInlineLimit: 0, // the content security policy knows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      // Parts of ui that only a later page uses come with that page, although one index names them all.
      treeshake: { moduleSideEffects: (id) => !/\/src\/ui\/\w+\.tsx?$/.test(id) },
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning), // "use client" of packages
    },
    manifest: 'manifest.build.json', // for tools/finish.mjs, which removes it
  },
  server: { proxy: { '^/(session/|ws|openrpc.json)': { target: hub, ws: true } } },
})
