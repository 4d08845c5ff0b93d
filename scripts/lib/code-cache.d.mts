import type { Plugin } from 'vite';

/** Makes the built command line start fast: see code-cache.mjs. */
export function codeCache(): Plugin;
