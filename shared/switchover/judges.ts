import { ahead } from '../gtid/mariadb-algebra';
import { type MariadbState, parseMariadbState } from '../gtid/mariadb-list';
import type { Answer, Judge, Judges } from '../runbook/judge';

/** MariaDB has no function that compares histories: these do. A text that cannot be understood is never a yes. */

const stateIn = (answer: Answer): MariadbState | null => stateOf(answer.rows[0]?.position ?? null);

function stateOf(text: string | null | undefined): MariadbState | null {
  if (text === null || text === undefined) return null;
  const state = parseMariadbState(text);
  return state.ok ? state.value : null;
}

const verdict = (beyond: ReturnType<typeof ahead>) => ({
  holds: beyond.length === 0,
  value: beyond.map(({ gtid }) => `${gtid.domain}-${gtid.server}-${gtid.sequence}`).join(','),
});
const UNKNOWN = { holds: null, value: '' };

/** `history` is another server's gtid_binlog_state: does the answering server have all of it? */
const holdsAll: Judge = (answer, { history }) => {
  const [own, theirs] = [stateIn(answer), stateOf(history)];
  return own && theirs ? verdict(ahead(theirs, own)) : UNKNOWN;
};

/** Beyond `known`, has the answering server anything that `writer` (a server id) did not write? */
const wroteNothing: Judge = (answer, { known, writer }) => {
  const [own, before] = [stateIn(answer), stateOf(known)];
  if (!own || !before || !writer) return UNKNOWN;
  return verdict(ahead(own, before).filter(({ gtid }) => `${gtid.server}` !== writer));
};

/** What the plans of this procedure judge by name. */
export const switchoverJudges: Judges = { 'holds-all': holdsAll, 'wrote-nothing': wroteNothing };
