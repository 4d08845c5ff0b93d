import type { RunState } from '@shared/runbook/state-model';
import { useRef } from 'react';
import { useNow } from '../clock';
import { useKeys } from '../keys';
import { formatRoute } from '../route';
import { Status } from '../ui/marks';
import { useWords } from '../words';
import { MARK_OF_RUN } from './marks';
import { shortHash, shortId } from './short-hash';

/** Every run, newest first. Each row is one focus stop; Enter opens it. */
export function RunList({ runs }: { runs: readonly RunState[] }) {
  const words = useWords();
  const { list } = words.runs;
  const { columns } = list;
  const table = useRef<HTMLTableElement>(null);
  const walk = (by: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>('tbody a') ?? [])];
    const at = links.findIndex((link) => link.matches(':focus'));
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys({ J: () => walk(1), K: () => walk(-1) });
  return (
    <table ref={table} className="table runs-list" data-testid="runs-list">
      <caption>{list.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.run}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.started}</th>
          <th scope="col" className="right">
            {columns.took}
          </th>
          <th scope="col">{columns.by}</th>
          <th scope="col">{columns.plan}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ run }: { run: RunState }) {
  const { runs, time, date, duration } = useWords();
  const now = useNow();
  const { id, status, procedure, subject, openedAt, closedAt, by, plan } = run;
  return (
    <tr data-run={id} data-status={status}>
      <td>
        <Status mark={MARK_OF_RUN[status]} label={runs.status[status]} />
      </td>
      <th scope="row">
        <a className="row-link mono" href={formatRoute({ place: 'runs', id, query: {} })}>
          {shortId(id)}
        </a>
      </th>
      <td>{runs.list.of(runs.list.procedures[procedure] ?? procedure, subject)}</td>
      <td className="nowrap">
        {date(openedAt)} {time(openedAt)}
      </td>
      <td className="right nowrap">{duration(Math.max(0, (closedAt ?? now) - openedAt))}</td>
      <td className="foreign">{by}</td>
      <td className="mono">{shortHash(plan)}</td>
    </tr>
  );
}
