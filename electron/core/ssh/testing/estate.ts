import { Estate } from '@shared/estate/schema';
import type { z } from 'zod';

type Input = z.input<typeof Estate>;

/** The smallest estate that has these hosts and services. For tests. */
export function estateOf(
  hosts: Partial<NonNullable<Input['hosts']>[number]>[],
  services: Input['services'] = [],
): Estate {
  return Estate.parse({
    version: 1,
    estate: 'test',
    title: 'Test',
    sites: [{ id: 'here', title: 'Here' }],
    hosts: hosts.map((host) => ({ site: 'here', address: 'unknown', ...host })),
    services: services.length > 0 ? services : [{ id: 'none', kind: 'host', role: 'none' }],
  });
}
