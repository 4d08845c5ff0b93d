import type { Language } from '../contract';
import { actingCli as actingCliEn } from './en/acting-cli';
import { common as commonEn } from './en/common';
import { errors as errorsEn } from './en/errors';
import { failover as failoverEn } from './en/failover';
import { failoverView as failoverViewEn } from './en/failover-view';
import { graph as graphEn } from './en/graph';
import { journal as journalEn } from './en/journal';
import { kinds as kindsEn } from './en/kinds';
import { lever as leverEn } from './en/lever';
import { measure as measureEn } from './en/measure';
import { paper as paperEn } from './en/paper';
import { plan as planEn } from './en/plan';
import { planFigures as planFiguresEn } from './en/plan-figures';
import { planPaper as planPaperEn } from './en/plan-paper';
import { planScreen as planScreenEn } from './en/plan-screen';
import { planSteps as planStepsEn } from './en/plan-steps';
import { recording as recordingEn } from './en/recording';
import { rejoinView as rejoinViewEn } from './en/rejoin-view';
import { replication as replicationEn } from './en/replication';
import { runbook as runbookEn } from './en/runbook';
import { runs as runsEn } from './en/runs';
import { secrets as secretsEn } from './en/secrets';
import { targets as targetsEn } from './en/targets';
import { ui as uiEn } from './en/ui';
import { whatIf as whatIfEn } from './en/what-if';
import { FINDINGS } from './finding-text';
import { actingCli as actingCliFr } from './fr/acting-cli';
import { common as commonFr } from './fr/common';
import { errors as errorsFr } from './fr/errors';
import { failover as failoverFr } from './fr/failover';
import { failoverView as failoverViewFr } from './fr/failover-view';
import { graph as graphFr } from './fr/graph';
import { journal as journalFr } from './fr/journal';
import { kinds as kindsFr } from './fr/kinds';
import { lever as leverFr } from './fr/lever';
import { measure as measureFr } from './fr/measure';
import { paper as paperFr } from './fr/paper';
import { plan as planFr } from './fr/plan';
import { planFigures as planFiguresFr } from './fr/plan-figures';
import { planPaper as planPaperFr } from './fr/plan-paper';
import { planScreen as planScreenFr } from './fr/plan-screen';
import { planSteps as planStepsFr } from './fr/plan-steps';
import { recording as recordingFr } from './fr/recording';
import { rejoinView as rejoinViewFr } from './fr/rejoin-view';
import { replication as replicationFr } from './fr/replication';
import { runbook as runbookFr } from './fr/runbook';
import { runs as runsFr } from './fr/runs';
import { secrets as secretsFr } from './fr/secrets';
import { targets as targetsFr } from './fr/targets';
import { ui as uiFr } from './fr/ui';
import { whatIf as whatIfFr } from './fr/what-if';

export { say } from './say';

const EN = {
  actingCli: actingCliEn,
  common: commonEn,
  findings: FINDINGS.en,
  errors: errorsEn,
  failover: failoverEn,
  failoverView: failoverViewEn,
  graph: graphEn,
  journal: journalEn,
  kinds: kindsEn,
  lever: leverEn,
  measure: measureEn,
  paper: paperEn,
  plan: planEn,
  planFigures: planFiguresEn,
  planSteps: planStepsEn,
  planPaper: planPaperEn,
  planScreen: planScreenEn,
  recording: recordingEn,
  rejoinView: rejoinViewEn,
  replication: replicationEn,
  runbook: runbookEn,
  runs: runsEn,
  secrets: secretsEn,
  targets: targetsEn,
  ui: uiEn,
  whatIf: whatIfEn,
};

/** Every text of the console, as objects of strings and small functions: window, command line and paper alike. */
export type Texts = typeof EN;

const FR: Texts = {
  actingCli: actingCliFr,
  common: commonFr,
  findings: FINDINGS.fr,
  errors: errorsFr,
  failover: failoverFr,
  failoverView: failoverViewFr,
  graph: graphFr,
  journal: journalFr,
  kinds: kindsFr,
  lever: leverFr,
  measure: measureFr,
  paper: paperFr,
  plan: planFr,
  planFigures: planFiguresFr,
  planSteps: planStepsFr,
  planPaper: planPaperFr,
  planScreen: planScreenFr,
  recording: recordingFr,
  rejoinView: rejoinViewFr,
  replication: replicationFr,
  runbook: runbookFr,
  runs: runsFr,
  secrets: secretsFr,
  targets: targetsFr,
  ui: uiFr,
  whatIf: whatIfFr,
};

export const texts = (language: Language): Texts => (language === 'fr' ? FR : EN);
