import { join } from 'node:path';
import type { Estate, Host } from '@shared/estate/schema';
import { failure } from '../net/failure';
import type { SshConfig, SshSettings } from './config';
import type { Account } from './lease';

/** One SSH server on the way: where it is, who logs in, with what, and how its key is known. */
export interface SshHop {
  /** Id in the estate; of a hop that only the SSH configuration names, that name. */
  hostId: string;
  host: string;
  port: number;
  user: string;
  /** `file:PATH` or `agent` as the estate says; undefined: agent, then `identityFiles`, then password. */
  identity: string | undefined;
  /** Passphrase of the identity, or the password when there is none. */
  secret: string | undefined;
  /** Absolute paths that are tried when they exist. */
  identityFiles: readonly string[];
  hostKeys: readonly string[];
  knownHosts: string | undefined;
}
/** Jump hosts in order, the host itself last. */
export interface SshTarget {
  hostId: string;
  account: Account;
  hops: readonly [SshHop, ...SshHop[]];
}

export interface SshContext {
  estate: Estate;
  config: SshConfig | null;
  home: string;
  localUser: string;
}

const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/**
 * Where and as whom. What the estate states comes first, then the person's SSH configuration for that name,
 * then the defaults of ssh. Jump hosts are always entered with their `read` account.
 * @throws Failure E_NO_SUCH_HOST, E_NO_ADDRESS, E_NO_ACCOUNT, E_JUMP_LOOP.
 */
export function sshTarget(context: SshContext, hostId: string, account: Account): SshTarget {
  return { hostId, account, hops: hopsTo(context, hostId, account, []) };
}

type Hops = readonly [SshHop, ...SshHop[]];
const hopsAfter = (before: readonly SshHop[], hop: SshHop): Hops => {
  const [first, ...rest] = before;
  return first ? [first, ...rest, hop] : [hop];
};

function hopsTo(context: SshContext, hostId: string, account: Account, through: readonly string[]): Hops {
  const host = context.estate.hosts.find((candidate) => candidate.id === hostId);
  if (!host) throw failure('E_NO_SUCH_HOST', null, { id: hostId });
  const path = [...through, hostId];
  if (through.includes(hostId)) throw failure('E_JUMP_LOOP', hostId, { text: path.join(' → ') });
  const { hop, settings } = estateHop(context, host, account);
  const jump = host.ssh?.jump;
  if (jump !== undefined) return hopsAfter(hopsTo(context, jump, 'read', path), hop);
  return hopsAfter(configHops(context, settings.proxyJump ?? [], path), hop);
}

function estateHop(
  context: SshContext,
  host: Host,
  account: Account,
): { hop: SshHop; settings: SshSettings } {
  const ssh = host.ssh ?? {};
  const who = account === 'act' ? ssh.act : ssh;
  if (!who) throw failure('E_NO_ACCOUNT', host.id);
  const name = ssh.host ?? host.address;
  if (name === 'unknown') throw failure('E_NO_ADDRESS', host.id);
  const settings = settingsOf(context, name, who.user);
  const hop = {
    hostId: host.id,
    host: settings.hostName ?? name,
    port: ssh.port ?? settings.port ?? 22,
    user: who.user ?? settings.user ?? context.localUser,
    identity: who.identity,
    secret: who.secret,
    identityFiles: identityFiles(context, settings),
    hostKeys: ssh.hostKeys ?? [],
    knownHosts: ssh.knownHosts,
  };
  return { hop, settings };
}

/** "[user@]host[:port]" of ProxyJump. Only the first hop's own ProxyJump counts, as in ssh(1), -J. */
function configHops(context: SshContext, jumps: readonly string[], path: readonly string[]): SshHop[] {
  const hops: SshHop[] = [];
  for (const [index, jump] of jumps.entries()) {
    const found = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(jump.trim());
    const name = found?.[2]?.replace(/^\[|\]$/g, '') ?? jump;
    if (path.includes(`jump ${name}`))
      throw failure('E_JUMP_LOOP', path[0] ?? name, { text: [...path, name].join(' → ') });
    const settings = settingsOf(context, name, found?.[1]);
    if (index === 0) hops.push(...configHops(context, settings.proxyJump ?? [], [...path, `jump ${name}`]));
    hops.push({
      hostId: name,
      host: settings.hostName ?? name,
      port: Number(found?.[3]) || (settings.port ?? 22),
      user: found?.[1] ?? settings.user ?? context.localUser,
      identity: undefined,
      secret: undefined,
      identityFiles: identityFiles(context, settings),
      hostKeys: [],
      knownHosts: undefined,
    });
  }
  return hops;
}

function settingsOf(context: SshContext, name: string, user: string | undefined): SshSettings {
  const { home, localUser } = context;
  const facts = { home, localUser, ...(user === undefined ? {} : { defaultUser: user }) };
  return context.config?.settingsFor(name, facts) ?? { identityFiles: [] };
}

const identityFiles = (context: SshContext, settings: SshSettings): string[] =>
  settings.identityFiles.length > 0
    ? settings.identityFiles
    : DEFAULT_KEYS.map((name) => join(context.home, '.ssh', name));

/** Every name and address that the estate, or the person's SSH configuration for it, leads to. */
export function dialledNames(context: SshContext): ReadonlySet<string> {
  const { estate } = context;
  const names = new Set<string>();
  const add = (name: string | undefined) => {
    if (name && name !== 'unknown') names.add(name.toLowerCase());
  };
  for (const host of estate.hosts) {
    add(host.address);
    add(host.ssh?.host);
    for (const account of ['read', 'act'] as const) {
      try {
        for (const hop of sshTarget(context, host.id, account).hops) add(hop.host);
      } catch {
        // A host without a way in adds nothing; whoever wants to go there is told why.
      }
    }
  }
  for (const service of estate.services) add(service.sql?.host);
  return names;
}

/** Two targets with the same key share one connection. */
export const hopsKey = (hops: readonly SshHop[]): string =>
  hops.map((hop) => JSON.stringify([hop.hostId, hop.user, hop.host, hop.port, hop.identity ?? ''])).join('>');

/** "ssh a@gate:22 → b@10.0.0.5:22" */
export const routeOf = (hops: readonly SshHop[]): string =>
  `ssh ${hops.map((hop) => `${hop.user}@${hop.host}:${hop.port}`).join(' → ')}`;
