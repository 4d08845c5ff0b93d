import type { Language } from '../contract';
import { failoverPlan as failoverEn } from './en/failover-plan';
import { lever as leverEn } from './en/lever';
import { rejoin as rejoinEn } from './en/rejoin';
import { switchover as switchoverEn } from './en/switchover';
import { failoverPlan as failoverFr } from './fr/failover-plan';
import { lever as leverFr } from './fr/lever';
import { rejoin as rejoinFr } from './fr/rejoin';
import { switchover as switchoverFr } from './fr/switchover';

/** What a procedure's plans say, by code. A parameter that a plan does not give is "?". */
export type SaidTable = Readonly<Record<string, (params: Readonly<Record<string, string>>) => string>>;

/** The words of each procedure, by the name its plans carry. */
export const PROCEDURES: Readonly<Record<string, Readonly<Record<Language, SaidTable>>>> = {
  failover: { en: failoverEn, fr: failoverFr },
  lever: { en: leverEn.said, fr: leverFr.said },
  rejoin: { en: rejoinEn, fr: rejoinFr },
  switchover: { en: switchoverEn, fr: switchoverFr },
};
