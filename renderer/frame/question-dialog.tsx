import type { Question } from '@shared/contract';
import { DEFAULT_KEEP, type KeepChoice } from '@shared/secrets/schema';
import { PURPOSES } from '@shared/secrets/secret-name';
import { useRef, useState } from 'react';
import { useCall } from '../api';
import { KeepChoices } from '../secrets/keep-choice';
import { SecretField, takeFrom } from '../secrets/secret-field';
import { useSecretCall } from '../secrets/use-secret-call';
import { VaultDoor } from '../secrets/vault-door';
import { Dialog } from '../ui/dialog';
import { ErrorSentence } from '../ui/error-sentence';
import { useWords } from '../words';

/**
 * Asks the person what a host asks the console, or for the passphrase of the vault that holds it. The answer goes
 * from the field straight to the main process: it is never in React's state, and the field is emptied at once.
 */
export function QuestionDialog({ question, more }: { question: Question; more: number }) {
  const { ui, secrets } = useWords();
  const field = useRef<HTMLInputElement>(null);
  const { call, busy, error } = useSecretCall('question.answer');
  const { data: state } = useCall('secret.list', undefined);
  const [keep, setKeep] = useState<KeepChoice>(DEFAULT_KEEP);
  const mayKeep = PURPOSES.some((purpose) => purpose === question.what);
  const isVault = question.what === 'vault-passphrase';
  const decline = () => {
    takeFrom(field.current);
    void call({ id: question.id, answer: null });
  };
  return (
    <Dialog
      title={isVault ? secrets.asks(question.host) : ui.question.title(question.host)}
      onClose={decline}
      testId="question"
    >
      <form
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          const text = takeFrom(field.current);
          void call({ id: question.id, answer: { text, keep: mayKeep ? keep : 'once' } });
        }}
      >
        {question.prompt !== '' && (
          <p className="soft">
            {ui.question.prompt} <span className="mono foreign">{question.prompt}</span>
          </p>
        )}
        <SecretField
          label={
            question.what === 'vault-passphrase'
              ? secrets.unlocks
              : ui.question.what[question.what](question.host, question.account)
          }
          fieldRef={field}
          echo={question.echo}
          first
        />
        {mayKeep && <KeepChoices value={keep} secrets={state} onChange={setKeep} />}
        {error && <ErrorSentence error={error} mark="critical" />}
        <p className="note">{ui.question.declined}</p>
        <div className="form-actions">
          <span className="grow soft">{more > 0 && ui.question.more(more)}</span>
          <button type="button" className="button" onClick={decline}>
            {ui.question.decline}
          </button>
          <button type="submit" className="button button-main" disabled={busy}>
            {ui.question.answer}
          </button>
        </div>
      </form>
      {mayKeep && (state?.vault === 'none' || state?.vault === 'locked') && (
        <details className="vault-aside">
          <summary>{state.vault === 'none' ? secrets.create : secrets.unlock}</summary>
          <VaultDoor key={state.vault} state={state.vault} />
        </details>
      )}
    </Dialog>
  );
}
