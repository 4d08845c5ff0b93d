import { NODES, type Node } from './scenario';

/** db-a is 10.0.20.11, and its gate 127.0.20.11; the others follow. */
export const addressOf = (node: Node): string => `10.0.20.${11 + NODES.indexOf(node)}`;
export const gateOf = (node: Node): string => `127.0.20.${11 + NODES.indexOf(node)}`;
