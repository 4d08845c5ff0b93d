import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Who may import whom. The compiler already keeps folders apart (one project each); this test also holds the
 * packages, and says in its failure what to do instead.
 */
const root = path.resolve(import.meta.dirname, '..');
const node = (name: string) => name.startsWith('node:') || builtinModules.includes(name);

interface Layer {
  /** Folders of the checkout it may reach, besides its own. */
  folders: string[];
  packages: (name: string) => boolean;
  advice: string;
}
const isOneOf =
  (...names: string[]) =>
  (name: string) =>
    names.some((known) => name === known || name.startsWith(`${known}/`));

const LAYERS: Record<string, Layer> = {
  shared: {
    folders: [],
    packages: isOneOf('zod', 'yaml'),
    advice: 'shared/ decides and touches nothing: gather in electron/core and pass the value in.',
  },
  'electron/core': {
    folders: ['shared'],
    packages: (name) => node(name) || isOneOf('ssh2', 'mysql2', 'zod', 'yaml', '@fontsource')(name),
    advice: 'electron/core runs without Electron: take what it needs as a port (ports.ts).',
  },
  electron: {
    folders: ['shared', 'electron/core'],
    packages: (name) => node(name) || isOneOf('electron', 'zod')(name),
    advice: 'electron/*.ts only joins Electron to the core.',
  },
  renderer: {
    folders: ['shared'],
    packages: (name) =>
      isOneOf(
        'react',
        'react-dom',
        '@tanstack/react-query',
        'zod',
        '@mantine/core',
        '@mantine/hooks',
        '@mantine/spotlight',
        '@xyflow/react',
        '@tabler/icons-react',
        '@fontsource/ibm-plex-sans',
        '@fontsource/ibm-plex-sans-condensed',
        '@fontsource/ibm-plex-mono',
        'get-nonce',
      )(name),
    advice: 'The window talks to the rest through the contract alone (renderer/api.ts).',
  },
  lab: {
    folders: ['shared'],
    packages: (name) => node(name) || isOneOf('yaml', 'zod', 'mysql2')(name),
    advice: 'The lab is a world of its own: it may know the estate file, never the console.',
  },
};

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return name === 'electron/core' && folder === 'electron' ? [] : sources(name);
    return /\.tsx?$/.test(name) && !/\.(test|lab-kit)\.tsx?$/.test(name) ? [name] : [];
  });
}

/** Every module a source names: static, dynamic and side-effect imports, re-exports, require. */
function importsOf(text: string): string[] {
  const pattern = /(?:(?<!['"])\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;
  return [...text.matchAll(pattern)].flatMap((match) => (match[2] ? [match[2]] : []));
}

/** What stands ready for tests may use what runs them; no program is made of it. */
const isStage = (file: string) => file.includes('/testing/');

test.each(Object.entries(LAYERS))('%s imports only what its layer may', (folder, layer) => {
  const wrong = sources(folder).flatMap((file) =>
    importsOf(readFileSync(path.join(root, file), 'utf8')).flatMap((name) => {
      const inside = name.startsWith('.')
        ? path.relative(root, path.resolve(root, path.dirname(file), name))
        : name.startsWith('@shared/')
          ? name.replace('@shared', 'shared')
          : null;
      const allowed =
        inside === null
          ? layer.packages(name) || (name === 'vitest' && isStage(file))
          : [folder, ...layer.folders].some((known) => inside.startsWith(`${known}/`));
      return allowed ? [] : [`${file} imports ${name}. ${layer.advice}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('the scan sees every form of import', () => {
  const text = `import a from 'a'; import 'b'; export * from "c"; await import('d'); require('e');\nimport type { F } from 'f';`;
  expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('shared/ has no clock, no randomness and no process', () => {
  const wrong = sources('shared').filter((file) =>
    /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|\bprocess\.|\bperformance\./.test(
      readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
    ),
  );
  expect(wrong).toEqual([]);
});
