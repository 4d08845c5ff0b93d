import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** The programs that run in plain Node: each one file, nothing to install beside it. */
export default defineConfig(({ mode }) => ({
  resolve: { alias: { '@shared': at('shared') } },
  // ssh2 looks for a Windows helper beside itself; a module has no __dirname of its own.
  define: { __dirname: 'import.meta.dirname' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: `out/${mode}`,
    emptyOutDir: true,
    minify: mode === 'cli' ? 'oxc' : false,
    rollupOptions: {
      input:
        {
          cli: { patronus: at('electron/core/cli.ts') },
          lab: { lab: at('lab/cli.ts'), gate: at('lab/gate.ts') },
          bench: { bench: at('bench/cli.ts') },
        }[mode] ?? {},
      output: { entryFileNames: '[name].mjs' },
      external: [...builtinModules, /^node:/, /\.node$/, 'cpu-features'],
    },
  },
}));
