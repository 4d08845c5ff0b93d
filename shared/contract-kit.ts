import type { z } from 'zod';
import type { AppError } from './errors';

/**
 * The contract between the window, the command line, the tests and the core is one object of queries,
 * actions and events. Everything else (IPC, bridge, hooks, in-process client) is derived from it.
 */
export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  kind: 'query' | 'action';
  input: I;
  output: O;
}
export interface Event<P extends z.ZodType = z.ZodType> {
  kind: 'event';
  payload: P;
}

/** Reads; may be repeated at any time. */
export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  kind: 'query' as const,
  input,
  output,
});
/** Changes something: the console's own state now, servers later. Never repeated by a cache. */
export const action = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  kind: 'action' as const,
  input,
  output,
});
export const event = <P extends z.ZodType>(payload: P) => ({ kind: 'event' as const, payload });

export type Shape = Record<string, Call | Event>;
export type CallName<C extends Shape> = { [K in keyof C]: C[K] extends Call ? K : never }[keyof C] & string;
export type EventName<C extends Shape> = { [K in keyof C]: C[K] extends Event ? K : never }[keyof C] & string;
export type Input<C extends Shape, K extends keyof C> = C[K] extends Call<infer I> ? z.input<I> : never;
export type Output<C extends Shape, K extends keyof C> =
  C[K] extends Call<z.ZodType, infer O> ? z.output<O> : never;
export type Payload<C extends Shape, K extends keyof C> = C[K] extends Event<infer P> ? z.output<P> : never;

/** What a handler may know of the caller besides its input. ES lib has no AbortSignal; this is the part we use. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
export type Handlers<C extends Shape> = {
  [K in CallName<C>]: (
    input: z.output<C[K] extends Call<infer I> ? I : never>,
    context: { signal: Signal },
  ) => Promise<Output<C, K>> | Output<C, K>;
};

export type Reply = { ok: true; value: unknown } | { ok: false; error: AppError };

/** Anything that can carry a call and deliver events: IPC, or a function call in the same process. */
export interface Transport {
  call(name: string, input: unknown, signal?: Signal): Promise<Reply>;
  on(name: string, listener: (payload: unknown) => void): () => void;
}

const refuse = (code: string, message: string): Reply => ({
  ok: false,
  error: { code, stage: 'internal', message, retryable: false },
});

/**
 * Serves one call: parses the input, runs the handler, parses the output. Never throws; a handler's Failure
 * becomes its AppError, anything else E_INTERNAL. `toError` comes from shared/errors.
 */
export async function serve<C extends Shape>(
  contract: C,
  handlers: Handlers<C>,
  name: string,
  raw: unknown,
  signal: Signal,
  toError: (thrown: unknown) => AppError,
): Promise<Reply> {
  const entry = Object.hasOwn(contract, name) ? contract[name] : undefined;
  if (!entry || entry.kind === 'event')
    return refuse('E_NO_SUCH_CALL', `There is no call named ${JSON.stringify(name)}.`);
  const input = entry.input.safeParse(raw);
  if (!input.success) {
    const issue = input.error.issues[0];
    return refuse(
      'E_BAD_INPUT',
      `${name}: ${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not accepted'}`,
    );
  }
  try {
    const handler = handlers[name as CallName<C>] as (i: unknown, c: { signal: Signal }) => unknown;
    const value = await handler(input.data, { signal });
    const output = entry.output.safeParse(value);
    if (!output.success) {
      const issue = output.error.issues[0];
      return refuse(
        'E_BAD_OUTPUT',
        `${name}: the answer does not fit the contract at ${issue?.path.join('.')}: ${issue?.message}`,
      );
    }
    return { ok: true, value: output.data };
  } catch (thrown) {
    return { ok: false, error: toError(thrown) };
  }
}
