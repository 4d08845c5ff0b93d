import { toAppError } from '@shared/errors';
import type { KeptSecret } from '@shared/secrets/schema';
import { useAction, useCall } from '../api';
import { Dialog } from '../ui/dialog';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { VaultDoor } from './vault-door';

/** What is kept, where and since when; never a secret itself. */
export function SecretsDialog({ onClose }: { onClose: () => void }) {
  const { secrets } = useWords();
  const { data, error } = useCall('secret.list', undefined);
  return (
    <Dialog title={secrets.title} onClose={onClose} className="dialog-wide" testId="secrets">
      <p className="note">{secrets.note}</p>
      {error && <ErrorSentence error={toAppError(error)} />}
      {data && (
        <>
          {data.kept.length === 0 ? <p>{secrets.none}</p> : <KeptTable kept={data.kept} />}
          <section className="form">
            <h3 className="label">{secrets.vaultTitle}</h3>
            <p data-testid="vault-state" data-state={data.vault}>
              {secrets.vault[data.vault]} {data.vault === 'open' && secrets.idle(data.idleMinutes)}
            </p>
            <VaultDoor key={data.vault} state={data.vault} />
          </section>
          <section className="form">
            <h3 className="label">{secrets.keyring}</h3>
            <p data-testid="keyring-state">
              {data.keyring.usable
                ? secrets.keyringUsed(data.keyring.product)
                : secrets.trouble[data.keyring.why]}
            </p>
          </section>
        </>
      )}
    </Dialog>
  );
}

function KeptTable({ kept }: { kept: readonly KeptSecret[] }) {
  const { secrets, date, time } = useWords();
  const remove = useAction('secret.delete');
  const { columns } = secrets;
  return (
    <div className="kept">
      <table className="table" data-testid="kept">
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.where}</th>
            <th scope="col">{columns.since}</th>
            <th scope="col">
              <span className="visually-hidden">{secrets.delete}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {kept.map(({ estateFile, name, where, since }) => (
            <tr key={`${where} ${estateFile} ${name}`}>
              <td title={estateFile}>
                <span className="mono">{name}</span>
                <span className="soft kept-file">{estateFile}</span>
              </td>
              <td>{secrets.where[where]}</td>
              <td>
                {date(since)} {time(since)}
              </td>
              <td>
                <button
                  type="button"
                  className="link-button"
                  aria-label={secrets.deleteWhich(name)}
                  onClick={() => remove.mutate({ estateFile, name, where })}
                >
                  {secrets.delete}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {remove.error && <ErrorSentence error={toAppError(remove.error)} mark="critical" />}
    </div>
  );
}
