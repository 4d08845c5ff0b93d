import { MIN_PASSPHRASE, type Secrets } from '@shared/secrets/schema';
import { useRef, useState } from 'react';
import { useAction } from '../api';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';
import { SecretField, takeFrom } from './secret-field';
import { useSecretCall } from './use-secret-call';

/** Sets a vault up, unlocks it or locks it: whichever its state asks for. */
export function VaultDoor({ state }: { state: Secrets['vault'] }) {
  switch (state) {
    case 'none':
      return <CreateVault />;
    case 'locked':
      return <UnlockVault />;
    case 'open':
      return <LockVault />;
    case 'damaged':
      return null;
  }
}

function CreateVault() {
  const { secrets } = useWords();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const { call, busy, error } = useSecretCall('vault.create');
  const [differ, setDiffer] = useState(false);
  return (
    <form
      className="form"
      autoComplete="off"
      data-testid="vault-create"
      onSubmit={(event) => {
        event.preventDefault();
        const passphrase = takeFrom(first.current);
        const same = takeFrom(second.current) === passphrase;
        setDiffer(!same);
        if (same && passphrase !== '') void call({ passphrase });
      }}
    >
      <SecretField label={secrets.newPassphrase(MIN_PASSPHRASE)} fieldRef={first} />
      <SecretField label={secrets.again} fieldRef={second} />
      <p className="note">{secrets.forgotten}</p>
      {differ && <p role="alert">{secrets.differ}</p>}
      {error && <ErrorSentence error={error} mark="critical" />}
      <div className="form-actions">
        <button type="submit" className="button" disabled={busy}>
          {busy ? secrets.working : secrets.create}
        </button>
      </div>
    </form>
  );
}

function UnlockVault() {
  const { secrets } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const { call, busy, error } = useSecretCall('vault.unlock');
  return (
    <form
      className="form"
      autoComplete="off"
      data-testid="vault-unlock"
      onSubmit={(event) => {
        event.preventDefault();
        const passphrase = takeFrom(field.current);
        if (passphrase !== '') void call({ passphrase });
      }}
    >
      <SecretField label={secrets.passphrase} fieldRef={field} />
      {error && <ErrorSentence error={error} mark="critical" />}
      <div className="form-actions">
        <button type="submit" className="button" disabled={busy}>
          {busy ? secrets.working : secrets.unlock}
        </button>
      </div>
    </form>
  );
}

function LockVault() {
  const { secrets } = useWords();
  const lock = useAction('vault.lock');
  return (
    <div className="form-actions">
      <button type="button" className="button" onClick={() => lock.mutate(undefined)}>
        {secrets.lock}
      </button>
    </div>
  );
}
