import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);
const alias = { '@shared': at('shared') };

// Targets name the oldest runtime the console is tested on: Electron 33 = Chromium 130, Node 20.18.
export default defineConfig({
  main: {
    resolve: { alias },
    // Everything is bundled: the packaged app holds out/ and no node_modules.
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: { input: { main: at('electron/main.ts') }, external: [/\.node$/, 'cpu-features'] },
    },
  },
  preload: {
    resolve: { alias },
    // A sandboxed preload must be one CommonJS file with everything but "electron" inlined.
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          preload: at('electron/preload.ts'),
          'preload-lever': at('electron/preload-lever.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    resolve: { alias },
    plugins: [react()],
    // By its plain name: the policy of electron/app-scheme.ts names the one file that may run as a worker.
    worker: { rollupOptions: { output: { entryFileNames: 'assets/[name].js' } } },
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      minify: 'oxc',
      // A font inlined as data: would need a weaker policy than font-src 'self'.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: at('renderer/index.html'), lever: at('renderer/lever.html') } },
    },
  },
});
