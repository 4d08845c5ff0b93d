import type { Contract } from '@shared/contract';
import type { Input } from '@shared/contract-kit';
import { type AppError, toAppError } from '@shared/errors';
import { useCallback, useState } from 'react';
import { type ActionName, client } from '../api';

/**
 * Runs an action whose input is a secret. Not `useAction`: its cache keeps the input of every call for minutes.
 * Only the error of the last call stays.
 */
export function useSecretCall<K extends ActionName>(name: K) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const call = useCallback(
    async (input: Input<Contract, K>): Promise<boolean> => {
      setBusy(true);
      setError(null);
      try {
        await client.call(name, input);
        return true;
      } catch (thrown) {
        setError(toAppError(thrown));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [name],
  );
  return { call, busy, error };
}
