import { type Client, clientOf } from '@shared/client';
import { type Contract, contract } from '@shared/contract';
import type { CallName, Input, Output } from '@shared/contract-kit';
import {
  type DataTag,
  QueryClient,
  type QueryKey,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { transport } from './bridge';

export type QueryName = {
  [K in CallName<Contract>]: Contract[K] extends { kind: 'query' } ? K : never;
}[CallName<Contract>];
export type ActionName = Exclude<CallName<Contract>, QueryName>;

/** The one way from the window to the rest of the console. Errors arrive as `Failure`. */
export const client: Client<Contract> = clientOf(contract, transport);

/**
 * The cache holds what was last heard. Events keep it true, so nothing goes stale by itself, nothing is
 * asked twice, and "offline" in the browser's sense means nothing here.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

interface CallOptions<T> {
  queryKey: DataTag<QueryKey, T, Error>;
  queryFn: (context: { signal: AbortSignal }) => Promise<T>;
}

/** Key, function and abort signal of one query of the contract. */
export function callOptions<K extends QueryName>(
  name: K,
  input: Input<Contract, K>,
): CallOptions<Output<Contract, K>> {
  const queryFn = ({ signal }: { signal: AbortSignal }) => client.call(name, input, signal);
  const { queryKey } = queryOptions({ queryKey: [name, input ?? null], queryFn });
  return { queryKey, queryFn };
}

/** Reads a query of the contract. Leaving the screen takes an unanswered call back. */
export const useCall = <K extends QueryName>(
  name: K,
  input: Input<Contract, K>,
): UseQueryResult<Output<Contract, K>> => useQuery(callOptions(name, input));

/** Runs an action of the contract: once per `mutate`, never by itself. */
export const useAction = <K extends ActionName>(
  name: K,
): UseMutationResult<Output<Contract, K>, Error, Input<Contract, K>> =>
  useMutation({ mutationFn: (input: Input<Contract, K>) => client.call(name, input) });
