import type { AppError } from '../errors';
import { parseEstate } from './parse';

/** A small estate without a problem; tests replace one of its lines. */
export const BASE = `version: 1
estate: example
title: Example
# places
sites:
  - { id: dc, title: Datacenter }
# networks
hosts:
  - id: a
    address: 10.0.0.1
    site: dc
services:
  - id: web
    kind: apache
    hosts: [a]
    port: 80
    role: web
# more services
actors:
  - { id: users, title: Users }
links:
  - { id: users-web, from: users, to: web, protocol: http }
assumptions:
  rate: unknown
`;

/** BASE with another text for one of its lines, which count from 1. */
export const withLine = (line: number, text: string): string =>
  BASE.split('\n')
    .map((old, i) => (i === line - 1 ? text : old))
    .join('\n');

/** What is wrong with a text; empty when it is an estate. */
export function errorsOf(text: string): AppError[] {
  const parsed = parseEstate(text, 'x.yaml');
  return parsed.ok ? [] : parsed.error;
}
