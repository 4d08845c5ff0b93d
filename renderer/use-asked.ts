import type { Contract } from '@shared/contract';
import type { Input, Output } from '@shared/contract-kit';
import { useEffect, useState } from 'react';
import { type ActionName, client, queryClient } from './api';

export interface Asked<T> {
  /** The newest answer, also while another is asked for; null: there was none yet. */
  answer: T | null;
  /** Since when the present question waits for its answer, epoch milliseconds; null: nothing is asked. */
  since: number | null;
  /** Why the newest question was not answered; null: it was, or still may be. */
  error: Error | null;
}

/**
 * Asks something that takes a while, once for each wish and turn: by nobody's timer, so that a server in distress is asked when
 * a person wants it. The question is taken back when the page is left, and asked anew on return; meanwhile what was answered
 * before is still there, with its own age.
 * @param wish null: nothing may be asked yet
 * @param turn another one asks the same again
 * @param about what an older answer must be about to be shown meanwhile, such as file, cluster and server
 */
export function useAsked<K extends ActionName>(
  name: K,
  wish: Input<Contract, K> | null,
  turn: number,
  about: string,
): Asked<Output<Contract, K>> {
  type Answer = Output<Contract, K>;
  const [asked, setAsked] = useState<Asked<Answer>>({
    answer: queryClient.getQueryData<Answer>([name, about]) ?? null,
    since: null,
    error: null,
  });
  const question = wish === null ? null : JSON.stringify({ wish, turn });
  useEffect(() => {
    if (question === null) return;
    const leaving = new AbortController();
    const { wish: wanted } = JSON.parse(question) as { wish: Input<Contract, K> };
    const ended = (part: Partial<Asked<Answer>>) => {
      if (!leaving.signal.aborted) setAsked((before) => ({ ...before, since: null, ...part }));
    };
    setAsked((before) => ({ ...before, since: Date.now(), error: null }));
    client.call(name, wanted, leaving.signal).then(
      (answer) => {
        if (!leaving.signal.aborted) queryClient.setQueryData([name, about], answer);
        ended({ answer });
      },
      (thrown: unknown) => ended({ error: thrown instanceof Error ? thrown : new Error(String(thrown)) }),
    );
    return () => leaving.abort();
  }, [name, about, question]);
  return asked;
}
