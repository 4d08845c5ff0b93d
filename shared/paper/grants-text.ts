import type { Language } from '../contract';
import { texts } from '../text';
import type { Grants } from '../views/grants';

/** SQL lines and sudoers lines that can be pasted as they stand; everything else in them is a comment. */
export function grantsToText({ host, servers, sudo }: Grants, language: Language): string {
  const { grants } = texts(language).actingCli;
  if (servers.length === 0 && sudo.lines.length === 0) return `${grants.none(host)}\n`;
  const sql = servers.flatMap(({ service, account, version, sql: lines }) => [
    grants.sql(service, account),
    ...(version === null ? [grants.assumedVersion('MySQL 8.4, MariaDB 10.11')] : []),
    ...lines,
    '',
  ]);
  const root =
    sudo.lines.length === 0
      ? [grants.noSudo(host)]
      : [
          grants.sudo(host),
          ...(sudo.bootFile === null ? [] : [grants.bootFile(sudo.bootFile)]),
          ...sudo.lines,
        ];
  return `${[...sql, ...root].join('\n')}\n`;
}
