import type { Estate } from '../estate/schema';
import { factOf, listOf, textOf } from '../kinds/fact-of';
import { isLoopback, plainAddress } from '../kinds/net-address';
import { answerOf, type Snapshot } from '../snapshot';

/** Which host of the estate has this address or name; null: none, or more than one claims it. */
export type AddressBook = (address: string) => string | null;

/**
 * What the estate declares wins over what hosts say of themselves, and an address that two hosts have (a
 * container bridge has the same on each) names neither.
 */
export function addressBook(estate: Estate, snapshot: Snapshot): AddressBook {
  const declared = new Map<string, string>();
  for (const host of estate.hosts) {
    for (const address of [host.id, host.address, ...(host.aliases ?? [])]) {
      if (address !== 'unknown') declared.set(plainAddress(address), host.id);
    }
  }
  const said = new Map<string, string | null>();
  for (const host of estate.hosts) {
    const answer = answerOf(snapshot.hosts[host.id]);
    const name = textOf(factOf(answer, null, 'host.name'));
    const own = listOf(factOf(answer, null, 'host.addresses')) ?? [];
    for (const address of [...own, ...(name === null ? [] : [name])]) {
      if (!isLoopback(address)) said.set(address, said.has(address) ? null : host.id);
    }
  }
  return (address) => declared.get(plainAddress(address)) ?? said.get(plainAddress(address)) ?? null;
}
