import { NODES, type Node } from './scenario';

/** db-a is 10.0.20.11, and its gate 127.0.20.11; the others follow. */
export const addressOf = (node: Node): string => `10.0.20.${11 + NODES.indexOf(node)}`;
export const gateOf = (node: Node): string => `127.0.20.${11 + NODES.indexOf(node)}`;

/** HAProxy in front of the servers. */
export const BALANCER = { host: 'lb', address: '10.0.20.20', gate: '127.0.20.20' } as const;
/** Its backend, and where it takes commands while it runs. */
export const BACKEND = { name: 'mysql', socket: '/run/haproxy/admin.sock' } as const;

/** Where a console writes what a restart of MariaDB brings: in the folder that my.cnf includes last. */
export const OWN_FILE = '/etc/mysql/bend.d/zz-patronus.cnf';
