import path from 'node:path';
import { build } from 'vite';

/** The program that `startConsole` runs, made of today's sources, in a folder of this name. Its path. */
export async function buildConsole(name: string): Promise<string> {
  const root = path.resolve(import.meta.dirname, '../../../..');
  const outDir = path.join(root, 'out/test', name);
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': path.join(root, 'shared') } },
    // Only what is ours: packages are found where they are installed.
    ssr: { external: true, target: 'node' },
    build: {
      ssr: path.join(import.meta.dirname, 'crashing-console.ts'),
      target: 'node22',
      outDir,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return path.join(outDir, 'program.mjs');
}
