import { ahead } from '../gtid/mariadb-algebra';
import { parseMariadbState } from '../gtid/mariadb-list';
import type { Check, Value } from '../runbook/command';
import type { Judge, Judges } from '../runbook/judge';
import { check, said, sql } from '../switchover/commands';
import { switchoverJudges } from '../switchover/judges';
import { isMysql } from '../switchover/member';
import type { Side } from '../switchover/scene';

/**
 * Does the oldest log of the answering server begin no later than where somebody goes on from? Its second event lists the newest
 * transaction of each server that is in no log any more. `from` is what is there already: a gtid_binlog_state.
 */
const reachesBack: Judge = ({ rows }, { from = '' }) => {
  const listed = rows.find(({ Event_type }) => Event_type === 'Gtid_list')?.Info ?? null;
  const purged = listed === null ? null : parseMariadbState(listed.replace(/^\[|\]$/g, ''));
  const there = parseMariadbState(from);
  if (!purged?.ok || !there.ok) return { holds: null, value: listed ?? '' };
  const missing = ahead(purged.value, there.value);
  const value = missing.map(({ gtid }) => `${gtid.domain}-${gtid.server}-${gtid.sequence}`).join(',');
  return { holds: missing.length === 0, value };
};

/** MariaDB: everything that `next` has beyond `from` is still in its logs. MySQL's sets tell that when the plan is made. */
export const logReachesBack = ({ node, member }: Side, from: Value): Check[] =>
  isMysql(member)
    ? []
    : [
        check(
          'log reaches back',
          said('CHECK_LOG_REACHES_BACK', { node }),
          // Without a name it is the oldest log. Its first events say what came before it.
          sql(node, 'SHOW BINLOG EVENTS LIMIT 3'),
          { kind: 'judged', by: 'reaches-back', params: { from } },
        ),
      ];

/** What the plans of this procedure judge by name. */
export const rejoinJudges: Judges = { ...switchoverJudges, 'reaches-back': reachesBack };
