import type { LayerSpec } from '../debian/layer';
import type { Lab } from './lab';

/** One server program inside a host. Its script is lab/inhost/SCRIPT.sh and knows `start` and `stop`. */
export interface ServiceSpec {
  readonly name: string;
  /** Other names a person may use for it. */
  readonly aliases?: readonly string[];
  readonly script: (engine: Engine) => string;
  /** Names of its processes, as `pidof` knows them. */
  readonly processes: (engine: Engine) => readonly string[];
  /** Services, as host/service, that must run before this one starts. */
  readonly after?: readonly string[];
  /** Once in the life of a base, before the first start. */
  readonly prepare?: (lab: Lab, host: HostSpec) => Promise<void>;
  /** Once in the life of a base, after the first start: accounts, data. Killed half-way, it runs again whole. */
  readonly fill?: (lab: Lab, host: HostSpec) => Promise<void>;
}

export interface HostSpec {
  readonly name: string;
  readonly address: string;
  /** Loopback address where the console finds this host's SSH; none for hosts outside the estate. */
  readonly gate?: string;
  readonly layer?: (engine: Engine) => LayerSpec | undefined;
  /** sudoers lines of the acting account; default: everything. */
  readonly sudo?: (engine: Engine) => readonly string[];
  readonly services: readonly ServiceSpec[];
}

/** Everything that makes one estate's lab; the engine knows no estate by name. */
export interface LabSpec {
  readonly name: string;
  readonly title: string;
  /** The estate it is the lab of, as stated: without the lab's own ways in. */
  readonly estate: (engine: Engine) => Promise<StatedEstate>;
  readonly hosts: readonly HostSpec[];
  /** Debian packages of this estate's servers; the engine's own needs come on top. */
  readonly packages: readonly string[];
  /** Names of the random passwords this lab needs; `console: true` = the console may read it. */
  readonly secrets: ReadonlyArray<{ readonly name: string; readonly console?: boolean }>;
  /** Answers when the whole request path works. */
  readonly page?: { readonly from: string; readonly url: string; readonly expect: string };
  /** At each `up`, when every service runs: what makes servers one estate, as replication. */
  readonly arrange?: (lab: Lab) => Promise<void>;
  /** SQL accounts in the estate file, for the databases on these hosts: secret names by service role. */
  readonly sql: {
    readonly hosts: readonly string[];
    readonly read: SqlAccountSpec;
    readonly act: SqlAccountSpec;
    readonly replication?: SqlAccountSpec;
  };
}

/** The text of an estate file and where it comes from, for messages. */
export interface StatedEstate {
  readonly text: string;
  readonly source: string;
  /** Hosts of the lab that it names; default: all with a gate. */
  readonly hosts?: readonly string[];
}

export interface SqlAccountSpec {
  readonly user: string;
  readonly secret: string;
}

export type Engine = 'mysql' | 'mariadb';
export const ENGINES: readonly Engine[] = ['mysql', 'mariadb'];
