import { createHash } from 'node:crypto';
import type { Digest } from '@shared/journal/chain';

export const digest: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('base64url');

/** By which records refer to a text: 128 bits of its hash. */
export const textId = (text: string): string => `#${digest(text).slice(0, 22)}`;
