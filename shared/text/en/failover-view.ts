/** The words of the failover page that paper does not have; what both say is in `failover`. */
export const failoverView = {
  open: 'Emergency failover…',
  openFor: (node: string) => `${node} does not answer…`,
  palette: (cluster: string) => `${cluster}: emergency failover`,
  key: 'emergency failover page',
  lives: (old: string) => `${old} answers. There is nothing to fail over from.`,
  nobodyOld: 'Which server was the primary is not known.',
  downSince: (node: string, at: string, age: string) => `${node} not seen since ${at}, ${age}`,
  notLive: 'This is the past. A failover is decided from what is so now.',
  disarmed: 'This console is disarmed.',
  disarmedMore:
    'Looking asks the acting accounts: every server, the host of the old primary over SSH, its binary logs. They are asked only while the console is armed; nothing is changed.',

  looking: 'Looking. Nothing is changed on any server.',
  lookingAgain: 'Looking again.',
  lookingFor: (age: string) => `for ${age}`,
  steps: (old: string) => [
    'Every server of the cluster is asked once more.',
    'Nobody is compared before all replicas have stood still for a second.',
    `The host of ${old} is tried over SSH. Where it answers, its process is looked for and its binary logs are read to the end: minutes, where they are large.`,
    'Then the loss is counted, and the plan is made from this very look.',
  ],
  oldPicture: (at: string, age: string) => `Below is what was so at ${at}, ${age} ago.`,
  lookFailed: 'The new look failed. Below is the one before.',
  lookAgain: 'Look again',
  asOf: (at: string, age: string) => `As of ${at}, ${age} ago.`,
  isOld: (age: string) => `This is ${age} old. Look again before you decide.`,
  lookWith: (node: string) => `What if ${node} takes over`,
  lookChosen: 'Whoever has received most',

  views: (node: string) => `Views of ${node}`,
  noVerdict: (node: string) => `Nobody but this console could say anything of ${node}.`,
  verdict: (says: string) => `Verdict: ${says}.`,
  inFull: 'Positions in full',
  mostAdvanced: 'most advanced',

  figure: {
    lost: (one: boolean): string => (one ? 'transaction would be lost' : 'transactions would be lost'),
    unknown: 'How much would be lost is not known.',
    nobody: 'What would be lost is not known.',
  },
  seenOn: (node: string, at: string) => `${node}, last seen ${at}`,
  lost: 'lost',
  untoldRow: 'in no readable row',
  transactions: (count: string, one: boolean): string =>
    one ? `${count} transaction` : `${count} transactions`,
  kept: 'Kept at this desk',
  read: 'To read them:',
  replay: (node: string) =>
    `To replay them on ${node}, after somebody has read them; what meets a row that was changed since is refused or overwrites it:`,
  nothingToKeep: 'None of them could be read, so none of them is kept.',
  copy: 'Copy',
  waitingMore: 'Each minute of waiting is a minute without writes. Looking again costs nothing.',

  show: { label: 'In the middle', loss: 'What would be lost', statements: 'What will be sent' },
  isolation: {
    title: {
      lives: (node: string) => `${node} is not isolated: it answers.`,
      can: (node: string) => `${node} can be isolated from here.`,
      'may-return': (node: string) => `${node} may come back: nothing keeps it down.`,
      unproved: (node: string) => `Nothing proves that ${node} is isolated.`,
    },
    more: {
      lives: () => 'While it takes writes, a second primary would take others.',
      can: () =>
        'Each way is tried, and what became of it is named. If none is proved, a person is asked before anybody is promoted.',
      'may-return': (node: string) =>
        `Its process is gone, and no way here keeps it from being started. Have it switched off, or have ${node} kept stopped by hand; a person is asked before anybody is promoted.`,
      unproved: (node: string) =>
        `No way to stop it works from here. If it still lives, two primaries would take writes. Have ${node} cut off (power, port of the switch); a person is asked before anybody is promoted.`,
    },
  },
  blind: 'What this console cannot see',
  blindLines: (node: string) => [
    `What ${node} committed after it was last seen, where its log could not be read to the end.`,
    `Clients that still reach ${node} on a way that this console does not know.`,
    `Whether ${node} is dead or cut off, where neither its host nor anybody beside it can say.`,
  ],
  foot: (node: string) =>
    `“I do not see it” is not “it is dead”. If this desk alone missed ${node}, this page would refuse.`,

  brief: 'What would be done, in short',
  toLever: 'On to the lever',
  toLeverMore: 'Nothing is sent by opening it. Every statement is under “What will be sent”.',
  stay: 'Do nothing and go on watching',
};
