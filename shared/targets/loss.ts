import type { PathPart, RequestPath, Structure } from './structure-model';

/** How a part stands once some servers are gone. */
export type PartState =
  /** None of its servers is gone. */
  | 'whole'
  /** It still answers, on fewer servers or without its standby. */
  | 'thinner'
  /** The one that answered is gone and a standby can take over: users wait for the change-over. */
  | 'failing-over'
  | 'down';

export interface PartLoss {
  part: PathPart;
  state: PartState;
  /** Ids of the servers that are left. */
  left: readonly string[];
}

export interface PathLoss {
  path: RequestPath;
  /** As bad as the worst of its parts. */
  state: PartState;
  parts: readonly PartLoss[];
}

const WORST: readonly PartState[] = ['whole', 'thinner', 'failing-over', 'down'];
const worse = (a: PartState, b: PartState): PartState => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a);

/** What every workflow becomes when these servers (ids of machines) are lost, or taken out of service. */
export const standAfter = ({ paths }: Pick<Structure, 'paths'>, lost: ReadonlySet<string>): PathLoss[] =>
  paths.map((path) => {
    const parts = path.parts.map((part) => partAfter(part, lost));
    return {
      path,
      parts,
      state: parts.reduce<PartState>((worst, { state }) => worse(worst, state), 'whole'),
    };
  });

function partAfter(part: PathPart, lost: ReadonlySet<string>): PartLoss {
  const left = part.servers.map(({ id }) => id).filter((id) => !lost.has(id));
  return { part, left, state: stateOf(part, left, lost) };
}

function stateOf(
  { redundancy, servers }: PathPart,
  left: readonly string[],
  lost: ReadonlySet<string>,
): PartState {
  if (left.length === servers.length) return 'whole';
  if (redundancy.kind === 'single' || left.length === 0) return 'down';
  if (redundancy.kind === 'parallel') return left.length >= redundancy.needed ? 'thinner' : 'down';
  return lost.has(redundancy.active) ? 'failing-over' : 'thinner';
}
