import type { Row } from '../kinds/kind';
import { usedPercent } from './auto-increment';
import { type Check, type Hit, hitOf, type Outcome, type SubjectFacts, unread } from './model';
import { MOST_ROWS } from './mysql-probes';

/** What the tables themselves say: engines, keys, counters, character sets, and what else lies beside them. */

const NAMES_EACH = 8;
/** A name inside backquotes, as both dialects read it. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
export const fullName = (row: Row): string => `${row.db ?? '?'}.${row.name ?? '?'}`;
const quotedName = (row: Row): string => `${quoted(row.db ?? '?')}.${quoted(row.name ?? '?')}`;

/** A list that was longer than is read says who is in it, and nothing of who is not. */
export const cutOr = (rows: readonly Row[], of: (rows: readonly Row[]) => Outcome): Outcome =>
  rows.length > MOST_ROWS ? unread('cut', { limit: String(MOST_ROWS) }) : of(rows);

const countOf = (rows: readonly Row[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
/** Full names of rows that each stand for a group of tables: up to eight of each group are in it. */
const namesIn = (rows: readonly Row[]): string[] =>
  rows.flatMap((row) => (row.names ?? '').split(',').map((name) => `${row.db ?? '?'}.${name}`));

/** One case for groups of tables; `count` counts them all, the names are the first of each group. */
function groupHit(rows: readonly Row[], more: Partial<Hit> = {}): readonly Hit[] {
  const count = countOf(rows, 'tables');
  const [hit] = hitOf(namesIn(rows), more);
  return hit ? [{ ...hit, params: { ...hit.params, count: String(count) } }] : [];
}

/** A server without a single table has nothing that could be judged. */
const withTables = (facts: SubjectFacts, of: (rows: readonly Row[]) => Outcome): Outcome => {
  const rows = facts.rows('mysql.tables');
  return countOf(rows, 'tables') === 0 ? unread('nothing-counted') : of(rows);
};

const isUtf8mb3 = (name: string | null | undefined): boolean => /^utf8(mb3)?(_|$)/.test(name ?? '');
const NEAR_PERCENT = 80;
const FULL_PERCENT = 98;

export const MYSQL_SCHEMA_CHECKS: readonly Check[] = [
  {
    code: 'TABLES_NOT_INNODB',
    subject: 'database',
    severity: 'warning',
    needs: ['mysql.tables'],
    when: (facts) =>
      withTables(facts, (rows) => {
        const others = rows.filter(({ engine }) => !/^innodb$/i.test(engine ?? ''));
        const engines = [...new Set(others.map(({ engine }) => engine ?? '?'))].join(', ');
        const statements = others
          .flatMap((row) => (row.names ?? '').split(',').map((name) => ({ db: row.db ?? '?', name })))
          .slice(0, NAMES_EACH)
          .map((one) => `ALTER TABLE ${quotedName(one)} ENGINE=InnoDB;`);
        return groupHit(others, { params: { engines }, statements });
      }),
  },
  {
    code: 'TABLES_WITHOUT_KEY',
    subject: 'database',
    severity: 'warning',
    needs: ['mysql.tables', 'mysql.no-key'],
    when: (facts) =>
      withTables(facts, () =>
        cutOr(facts.rows('mysql.no-key'), (rows) =>
          hitOf(rows.map(fullName), {
            statements: rows
              .slice(0, NAMES_EACH)
              .map(
                (row) =>
                  `ALTER TABLE ${quotedName(row)} ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST;`,
              ),
          }),
        ),
      ),
  },
  {
    code: 'AUTO_INCREMENT_NEAR_END',
    subject: 'database',
    severity: 'blocker',
    needs: ['mysql.auto-increment'],
    when: (facts) =>
      cutOr(facts.rows('mysql.auto-increment'), (rows) => {
        const used = rows.map((row) => ({ row, percent: usedPercent(row.type ?? '', row.next_value) }));
        const odd = used.find(({ percent }) => percent === null);
        const near = used.flatMap(({ row, percent }): Hit[] =>
          percent === null || percent < NEAR_PERCENT
            ? []
            : [
                {
                  severity: percent >= FULL_PERCENT ? 'blocker' : 'warning',
                  params: {
                    name: `${fullName(row)}.${row.column_name ?? '?'}`,
                    type: row.type ?? '?',
                    next: row.next_value ?? '?',
                    percent: String(percent),
                  },
                  statements: [
                    `ALTER TABLE ${quotedName(row)} MODIFY ${quoted(row.column_name ?? '?')} BIGINT UNSIGNED NOT NULL AUTO_INCREMENT;`,
                  ],
                },
              ],
        );
        return near.length === 0 && odd
          ? unread('not-understood', { what: `${fullName(odd.row)} ${odd.row.type ?? '?'}` })
          : near;
      }),
  },
  {
    code: 'CHARSET_UTF8MB3',
    subject: 'database',
    severity: 'warning',
    needs: ['mysql.tables', 'mysql.columns'],
    when: (facts) =>
      withTables(facts, (tables) => {
        const columns = facts.rows('mysql.columns').filter(({ charset }) => isUtf8mb3(charset));
        // A table whose default is the old set gives it to the next column, even if none has it now.
        const defaults = tables.filter(({ collation }) => isUtf8mb3(collation));
        const names = [...new Set([...namesIn(columns), ...namesIn(defaults)])];
        return hitOf(names, {
          statements: names.slice(0, NAMES_EACH).map((full) => {
            const dot = full.indexOf('.');
            return `ALTER TABLE ${quotedName({ db: full.slice(0, dot), name: full.slice(dot + 1) })} CONVERT TO CHARACTER SET utf8mb4;`;
          }),
        });
      }),
  },
  {
    code: 'CHARSETS_MIXED',
    subject: 'database',
    severity: 'note',
    needs: ['mysql.tables', 'mysql.columns'],
    when: (facts) =>
      withTables(facts, () => {
        const bySchema = new Map<string, Set<string>>();
        for (const { db, collation } of facts.rows('mysql.columns')) {
          const known = bySchema.get(db ?? '?') ?? new Set();
          bySchema.set(db ?? '?', known.add(collation ?? '?'));
        }
        return hitOf(
          [...bySchema]
            .filter(([, collations]) => collations.size > 1)
            .map(([db, collations]) => `${db}: ${[...collations].sort().join(' + ')}`),
        );
      }),
  },
  {
    code: 'GENERATED_COLUMNS',
    subject: 'database',
    severity: 'note',
    needs: ['mysql.generated'],
    when: (facts) =>
      cutOr(facts.rows('mysql.generated'), (rows) =>
        hitOf(rows.map((row) => `${fullName(row)}.${row.column_name ?? '?'}`)),
      ),
  },
  {
    code: 'FOREIGN_KEYS',
    subject: 'database',
    severity: 'note',
    needs: ['mysql.foreign-keys'],
    when: (facts) =>
      cutOr(facts.rows('mysql.foreign-keys'), (rows) => hitOf([...new Set(rows.map(fullName))])),
  },
  {
    code: 'TRIGGERS_THERE',
    subject: 'database',
    severity: 'note',
    needs: ['mysql.triggers'],
    when: (facts) => cutOr(facts.rows('mysql.triggers'), (rows) => hitOf(rows.map(fullName))),
  },
  {
    code: 'PLUGINS_LOADED',
    subject: 'database',
    severity: 'note',
    needs: ['mysql.plugins'],
    when: (facts) =>
      cutOr(facts.rows('mysql.plugins'), (rows) =>
        hitOf(rows.map(({ name, file }) => `${name ?? '?'} (${file ?? '?'})`)),
      ),
  },
];
