import type { Estate } from '@shared/estate/schema';
import type { Dialer } from '../net/dial';
import type { Ports } from '../ports';
import type { SecretStore } from '../secrets/secret-store';
import type { Sessions } from './lease';

export interface SessionsOptions {
  estate: Estate;
  /** Directory of the estate file: `file:` references and knownHosts are relative to it. */
  estateDir: string;
  dialer: Dialer;
  secrets: SecretStore;
  ports: Ports;
  /** Milliseconds a connection stays open after its last lease; default 60 000. */
  lingerMs?: number;
}

export declare function createSessions(options: SessionsOptions): Sessions;
