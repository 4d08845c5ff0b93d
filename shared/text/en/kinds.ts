/** Why a service has the health it has. Each is one clause after the name of the service. */
export const kinds = {
  health: {
    unasked: (_p: HealthParams) => 'its host has not been asked yet',
    unreachable: (p: HealthParams) => `its host ${p.host} cannot be reached from here`,
    untrusted: (p: HealthParams) =>
      `the host key of ${p.host} is not the expected one: all towards it is stopped`,
    refused: (p: HealthParams) => `its host ${p.host} does not let the console in`,
    stale: (p: HealthParams) => `the last answer of ${p.host} is too old`,
    unplaced: (_p: HealthParams) => 'the estate does not say where it runs',
    unobservable: (_p: HealthParams) => 'nothing on its host shows whether it runs',
    frozen: (p: HealthParams) => `${p.halted} of ${p.running} ${p.process} processes are stopped (state T)`,
    notRunning: (p: HealthParams) => `no ${p.process} process runs on ${p.host}`,
    notListening: (p: HealthParams) => `${p.process} runs, but nothing listens on port ${p.port}`,
    loopbackOnly: (p: HealthParams) => `port ${p.port} listens on loopback addresses only`,
    portWithoutProcess: (p: HealthParams) => `port ${p.port} is open, but no ${p.process} process is seen`,
    error: (p: HealthParams) => p.message,
  },
};
/** Values for these clauses; all of them text, cleaned of control characters. */
export interface HealthParams {
  host: string;
  port: string;
  process: string;
  running: string;
  halted: string;
  message: string;
}
