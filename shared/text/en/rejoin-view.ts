/** The words of the rejoin page; what a plan says is in `rejoin`. */
export const rejoinView = {
  title: 'Rejoin',
  open: 'Rejoin…',
  openFor: (node: string) => `Bring ${node} back…`,
  palette: (node: string) => `${node}: rejoin`,
  apart: 'Not part of the replication',
  island: (node: string, primary: string) =>
    `${node} follows nobody, and nobody follows it. ${primary} is followed.`,
  notLive: 'This is the past. How a server comes back is decided from what is so now.',
  notAsked: 'Which server is to come back is not said.',
  disarmed: 'This console is disarmed.',
  disarmedMore:
    'Looking asks the acting accounts of both servers, and reads the binary logs of the one that comes back. They are asked only while the console is armed; nothing is changed.',

  looking: (server: string) => `Looking at what ${server} holds. Nothing is changed on any server.`,
  steps: (server: string) => [
    'Both servers are asked for their history.',
    `What ${server} holds alone is read from its binary logs: minutes, where they are large.`,
    'A copy of it is kept at this desk. Then each way back is weighed.',
  ],

  headline: {
    subset: (server: string, primary: string) => `${server} holds nothing that ${primary} has not.`,
    ahead: (server: string, primary: string, count: string) =>
      `${server} holds ${count} that ${primary} has not.`,
    unknown: (server: string) => `What ${server} holds alone is not known.`,
  },
  transactions: (count: string, one: boolean): string =>
    one ? `${count} transaction` : `${count} transactions`,
  nobody: 'the primary',
  history: 'What it holds alone',
  historyMore: {
    subset: 'It can follow as it is. Nothing is lost by its return.',
    ahead:
      'They were committed there and reached nobody else. To follow, it has to give them up, or stay apart. They are never skipped.',
    unknown: 'Nothing is recommended while that is so. It may hold transactions that nobody else has.',
  },
  notRead: 'Their rows could not be read.',

  ways: 'How it could come back',
  waysMore: 'Each way is planned first and shown in full. Nothing is sent by choosing one.',
  way: {
    attach: 'Attach it as it is',
    flashback: 'Take its own transactions back, then attach',
    rebuild: 'Rebuild it from a copy',
    quarantine: 'Keep it apart, closed',
  },
  says: {
    attach: (server: string, primary: string) =>
      `${server} follows ${primary}, and is restarted to prove how it comes back.`,
    flashback: (server: string) =>
      `What ${server} holds alone is undone row by row there, after it was saved, and compared with the primary at the end.`,
    rebuild: (server: string) => `All data of ${server} is replaced by a copy of another server.`,
    quarantine: (server: string) => `${server} stays closed at every start and follows nobody.`,
  },
  /** What becomes of the transactions that it holds alone. */
  loss: {
    none: 'Nothing is lost: it holds nothing of its own.',
    givenUp: (count: string, server: string) => `${count} of ${server} alone are given up. A copy is kept.`,
    kept: (count: string, server: string) => `${count} stay on ${server} alone. Nobody else has them.`,
    unknown: (server: string) => `How much of ${server} alone would be given up is not known.`,
  },
  can: { can: 'possible', cannot: 'not possible', unknown: 'not known' },
  recommended: 'recommended',
  nothingRecommended: 'No way is recommended.',
  choose: (way: string) => `Plan: ${way}`,
  planning: 'Looking anew and planning. Nothing is changed on any server.',
  otherWay: 'Another way',
  stay: 'Leave it as it is',
};
