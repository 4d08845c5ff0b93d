import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { codeCache } from './scripts/lib/code-cache.mjs';

const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * The programs that run in plain Node: nothing to install beside them. The command line starts often and must be
 * there at once: it is one script with a code cache (scripts/lib/code-cache.mjs), the others are modules.
 */
export default defineConfig(({ mode }) => ({
  resolve: { alias: { '@shared': at('shared') } },
  // ssh2 looks for a Windows helper beside itself; a module has no __dirname of its own, a script no import.meta.
  define: mode === 'cli' ? { 'import.meta.dirname': '__dirname' } : { __dirname: 'import.meta.dirname' },
  plugins: mode === 'cli' ? [codeCache()] : [],
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
          lab: { lab: at('lab/cli.ts'), gate: at('lab/gate.ts'), load: at('lab/proof/load.ts') },
          bench: { bench: at('bench/cli.ts') },
        }[mode] ?? {},
      output:
        mode === 'cli'
          ? { entryFileNames: '[name].cjs', format: 'cjs', codeSplitting: false }
          : { entryFileNames: '[name].mjs' },
      external: [...builtinModules, /^node:/, /\.node$/, 'cpu-features'],
    },
  },
}));
