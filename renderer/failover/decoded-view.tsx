import { salvageCommands } from '@shared/failover/look-view';
import type { Decoded } from '@shared/failover/model';
import { errorText } from '@shared/text/error-text';
import { countText } from '@shared/text/failover-text';
import { formatBytes } from '@shared/text/format';
import { IconCopy } from '@tabler/icons-react';
import { useAction } from '../api';
import { keyed } from '../ui/keyed';
import { Shape, Status } from '../ui/marks';
import { useWords } from '../words';

/** Transactions as a binary log tells them: by table, row by row, and the copy that is kept of them. */
export function DecodedView({
  decoded,
  dialect,
  next,
}: {
  decoded: Decoded;
  dialect: 'mysql' | 'mariadb';
  /** On whom they would be replayed. */
  next: string;
}) {
  const { failover, time, language } = useWords();
  const words = failover.loss;
  const { since, until, torn, salvageError, salvage } = decoded;
  return (
    <>
      {since !== null && until !== null && (
        <p className="soft">
          {words.committed} {words.span(time(since), time(until))}
        </p>
      )}
      <Tables decoded={decoded} />
      {torn > 0 && <p className="note">{words.torn}</p>}
      <Rows decoded={decoded} />
      {salvage && <Salvaged file={salvage.file} bytes={salvage.bytes} dialect={dialect} next={next} />}
      {salvageError && (
        <p>
          <Shape mark="attention" size={13} /> {words.notKept(errorText(salvageError, language).sentence)}
        </p>
      )}
    </>
  );
}

function Tables({ decoded: { tables, tablesCut, untold } }: { decoded: Decoded }) {
  const { failover, failoverView, time } = useWords();
  const words = failover.loss;
  const { columns } = words;
  if (tables.length === 0 && untold === '0') return null;
  return (
    <>
      <table className="table lost-tables" data-testid="lost-tables">
        <thead>
          <tr>
            <th scope="col">{columns.table}</th>
            <th scope="col" className="right">
              {columns.inserts}
            </th>
            <th scope="col" className="right">
              {columns.updates}
            </th>
            <th scope="col" className="right">
              {columns.deletes}
            </th>
            <th scope="col" className="right">
              {columns.span}
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ schema, table, inserts, updates, deletes, from, to }) => (
            <tr key={`${schema}.${table}`}>
              <th scope="row" className="mono foreign">
                {schema}.{table}
              </th>
              {[inserts, updates, deletes].map((count, index) => (
                <td key={['inserts', 'updates', 'deletes'][index]} className="right">
                  {countText(`${count}`)}
                </td>
              ))}
              <td className="right nowrap">
                {time(from)} – {time(to)}
              </td>
            </tr>
          ))}
          {untold !== '0' && (
            <tr>
              <th scope="row">
                <Status mark="unknown" label={failoverView.untoldRow} />
              </th>
              <td className="right" colSpan={4}>
                {failoverView.transactions(countText(untold), untold === '1')}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {tablesCut && <p className="note">{words.tablesCut}</p>}
      {untold !== '0' && <p className="note">{words.untold(countText(untold))}</p>}
    </>
  );
}

function Rows({ decoded: { rows, cut } }: { decoded: Decoded }) {
  const { failover, time } = useWords();
  const words = failover.loss;
  if (rows.length === 0) return null;
  const shown = countText(`${rows.length}`);
  return (
    <details className="lost-rows" data-testid="lost-rows">
      <summary>{cut ? words.rows(shown) : words.allRows(shown)}</summary>
      <ol>
        {keyed(rows, ({ gtid, text }) => `${gtid} ${text}`).map(({ key, one }) => (
          <li key={key}>
            <span className="soft">
              {time(one.at)} · {words.change[one.change]} ·{' '}
            </span>
            <span className="mono foreign">
              {one.schema}.{one.table} {one.text}
            </span>
            <span className="soft mono foreign"> {one.gtid}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Where they are kept, and the two commands that a person needs. */
function Salvaged({
  file,
  bytes,
  dialect,
  next,
}: {
  file: string;
  bytes: number;
  dialect: 'mysql' | 'mariadb';
  next: string;
}) {
  const { failoverView: words, language } = useWords();
  const { read, replay } = salvageCommands(file, dialect, next);
  return (
    <section className="salvage" data-testid="salvage">
      <h3 className="label">
        {words.kept} ({formatBytes(bytes, language)})
      </h3>
      <p className="mono foreign">{file}</p>
      <p className="soft">{words.read}</p>
      <CopyLine text={read} />
      <p className="soft">{words.replay(next)}</p>
      <CopyLine text={replay} />
    </section>
  );
}

function CopyLine({ text }: { text: string }) {
  const { ui, failoverView: words } = useWords();
  const copy = useAction('clipboard.write');
  return (
    <p className="copy-line">
      <code className="foreign">{text}</code>
      <button type="button" className="link-button" onClick={() => copy.mutate({ text })}>
        <IconCopy size={14} aria-hidden="true" />
        <span aria-live="polite">{copy.isSuccess ? ui.frame.copied : words.copy}</span>
      </button>
    </p>
  );
}
