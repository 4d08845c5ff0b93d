import type { SeenIdentity } from '../snapshot';

/** Who answered in a host's name at one look. Times in epoch milliseconds of the console's clock. */
export interface Answerer {
  hostKey: string;
  /** Id of the kernel's boot; null: it was not told. */
  boot: string | null;
  /** Seconds since that boot; null: not told. */
  uptime: number | null;
  at: number;
}

/** Servers that are remembered for one name: the last ones. Reboots fill it, too. */
const REMEMBERED = 4;

/** Adds who answered now to those who answered before, the latest last. */
export function noteIdentity(before: readonly SeenIdentity[], now: Answerer): SeenIdentity[] {
  const { hostKey, boot, uptime, at } = now;
  if (boot === null || uptime === null) return [...before];
  const known = before.find((one) => one.hostKey === hostKey && one.boot === boot);
  const seen: SeenIdentity = known
    ? { ...known, lastSeen: at }
    : { hostKey, boot, bootedAt: at - uptime * 1000, firstSeen: at, lastSeen: at };
  return [...before.filter((one) => one !== known), seen].slice(-REMEMBERED);
}

/** A kernel tells its boot time to the second, and a look takes a while. */
const SURE_MS = 10_000;

/**
 * Do these two answers to one name come from two servers? A reboot changes the boot id, and a renewed key the
 * host key: neither is another server. Another boot that was already running while the first one still answered
 * is, and so is one with another key as well.
 */
export function areTwoServers(earlier: SeenIdentity, later: SeenIdentity): boolean {
  if (earlier.boot === later.boot) return false;
  return earlier.hostKey !== later.hostKey || later.bootedAt < earlier.lastSeen - SURE_MS;
}
