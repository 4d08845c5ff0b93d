import { err, ok } from '../errors';
import { deadServer } from '../plan/capacity/client-choice';
import { type Derived, derive, inputAt, reshaped } from '../plan/ledger/derived';
import { asSeconds, type Count, type Seconds } from '../units/measure';
import type { Outcome } from '../units/outcome';
import type { Spread } from '../units/spread';
import { PATHS } from './inputs';
import { type Scene, usableOf } from './scene';

type Policy = Scene['estate']['clientPolicies'][number];

/** What users feel whose client remembers that it fell back, or does not. Seconds. */
export interface Wait {
  remembers: boolean;
  /** Remembered: once while a choice lasts. Not remembered: at each request. */
  wait: Derived<Seconds>;
  /** Mean of all users and choices, where one wait is all there is to a choice. */
  meanPerChoice: Derived<Seconds> | null;
}

/** What a rule by which clients choose servers makes of the loss of some. */
export interface ClientEffect {
  policy: Policy;
  dead: string[];
  left: string[];
  /** How long a choice is kept. */
  stickiness: Derived<Seconds>;
  /** One, or both where the estate does not say whether a fallback is remembered. */
  waits: Wait[];
  /** Nobody is left to fall back to. */
  broken: boolean;
}

/** Every policy that has candidates which take no work. */
export const clientEffects = (scene: Scene): ClientEffect[] =>
  scene.estate.clientPolicies.flatMap((policy) => {
    const named = policy.candidates.map(({ service, host }) => {
      const usable = usableOf(scene, service).filter((place) => host === undefined || place.host === host);
      return { name: host ?? service, lives: usable.length > 0 };
    });
    const dead = named.filter(({ lives }) => !lives).map(({ name }) => name);
    if (dead.length === 0) return [];
    const left = named.filter(({ lives }) => lives).map(({ name }) => name);
    const { remembersFallback = 'unknown' } = policy;
    const both = remembersFallback === 'unknown' ? [true, false] : [remembersFallback];
    return [
      {
        policy,
        dead,
        left,
        stickiness: likelyAt(scene, PATHS.stickiness(policy.id)),
        waits: left.length === 0 ? [] : both.map((remembers) => waitOf(scene, policy, remembers)),
        broken: left.length === 0,
      },
    ];
  });

const likelyAt = (scene: Scene, path: string): Derived<Seconds> =>
  reshaped(inputAt(scene.ledger, path), ({ likely }) => asSeconds(likely));

function waitOf(scene: Scene, policy: Policy, remembers: boolean): Wait {
  const terms = {
    timeout: inputAt(scene.ledger, PATHS.timeout(policy.id)),
    stick: inputAt(scene.ledger, PATHS.stickiness(policy.id)),
  };
  const of = (pick: (felt: { perRequest: Seconds; perChoice: Seconds }) => Seconds) =>
    derive(
      'client-wait',
      terms,
      ({ timeout, stick }: { timeout: Spread; stick: Spread }): Outcome<Seconds> => {
        if (!areHalves(policy))
          return err([{ input: 'timeout', problem: 'contradictory', against: 'candidates' }]);
        const choice = { stick: asSeconds(stick.likely), timeout: asSeconds(timeout.likely), remembers };
        // Of one request: what it costs does not depend on how many a user makes while a choice lasts.
        const found = deadServer(choice, 1 as Count);
        return found.ok ? ok(pick(found.value)) : found;
      },
    );
  return {
    remembers,
    wait: of(({ perRequest }) => perRequest),
    meanPerChoice: remembers ? of(({ perChoice }) => perChoice) : null,
  };
}

/** The formula is of two servers that are chosen equally often. */
function areHalves({ select, candidates }: Policy): boolean {
  const weights = candidates.map(({ weight }) => weight?.value ?? 1);
  return select === 'random' && candidates.length === 2 && weights[0] === weights[1];
}
