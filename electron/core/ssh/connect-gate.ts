import { createPace } from './pace';
import { createSlots, type Slots } from './slots';

/** A turn at connecting: first the knock, then the login. Rejects with the signal's reason. */
export interface Turn {
  /** Nothing has come back for a while: the next one may knock, and this one goes on waiting. */
  stepAside(): void;
  /** The server has spoken: waits for a place among those who log in. */
  logIn(): Promise<void>;
  /** A person is being asked: the next one may log in meanwhile. */
  pause(): void;
  /** Connected, or given up. */
  end(): void;
}

/** Bounds how many connections are being made at once, apart from the work on those that are there. */
export interface ConnectGate {
  /**
   * `endpoint`: "address:port", or the same behind a jump host. A person's turn comes before those of the
   * background. Rejects with the signal's reason.
   */
  enter(endpoint: string, how: { background: boolean; signal: AbortSignal }): Promise<Turn>;
}

/** Who knocks only waits: many may, so that the silent are known early and keep nobody from logging in. */
const KNOCKING = 200;
/** Logins at once over all hosts: each is cryptography on both ends. */
const LOGGING_IN = 50;
/**
 * sshd refuses at random from its 11th unfinished login on (MaxStartups 10:30:100). It learns a moment later than
 * we do that one is finished, and others log in there, too: with 8 a refusal was seen, at 60 logins a second.
 */
const PER_ENDPOINT = 4;

export function createConnectGate(
  limits = { knocking: KNOCKING, loggingIn: LOGGING_IN, perEndpoint: PER_ENDPOINT },
): ConnectGate {
  const knocking = createSlots(limits.knocking);
  const loggingIn = createSlots(limits.loggingIn);
  const pace = createPace();
  const endpoints = new Map<string, Slots>();

  function slotsOf(endpoint: string): Slots {
    const known = endpoints.get(endpoint);
    if (known) return known;
    const fresh = createSlots(limits.perEndpoint);
    endpoints.set(endpoint, fresh);
    return fresh;
  }

  return {
    async enter(endpoint, { background, signal }) {
      const how = { first: !background };
      const leaveEndpoint = await slotsOf(endpoint).take(signal, how);
      try {
        const leaveKnocking = await knocking.take(signal, how);
        let leaveLoggingIn = () => {};
        return {
          stepAside: leaveKnocking,
          async logIn() {
            leaveKnocking();
            leaveLoggingIn = await loggingIn.take(signal, how);
            if (background) await pace.calm();
          },
          pause: () => leaveLoggingIn(),
          end() {
            leaveKnocking();
            leaveLoggingIn();
            leaveEndpoint();
          },
        };
      } catch (thrown) {
        leaveEndpoint();
        throw thrown;
      }
    },
  };
}
