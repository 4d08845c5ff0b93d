import type { Language } from '@shared/contract';
import type { Text } from '@shared/estate/schema';
import type { Format } from '@shared/kinds/kind';
import type { Said } from '@shared/runbook/said';
import type { FactValue } from '@shared/snapshot';
import { say, texts } from '@shared/text';
import { formatDate, formatDuration, formatNumber, formatPercent, formatTime } from '@shared/text/format';
import { sayPlan } from '@shared/text/say-plan';
import { formatFact } from './format-fact';
import { useSettings } from './settings';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Everything that turns a value into words, in one language and this desk's time zone. */
const wordsIn = (language: Language) => {
  const all = texts(language);
  const tiers: Readonly<Record<string, string>> = all.common.tier;
  return {
    language,
    ui: all.ui,
    recording: all.recording,
    replication: all.replication,
    failover: all.failover,
    failoverView: all.failoverView,
    rejoinView: all.rejoinView,
    runbook: all.runbook,
    runs: all.runs,
    secrets: all.secrets,
    graph: all.graph,
    common: all.common,
    journal: all.journal,
    measure: all.measure,
    planFigures: all.planFigures,
    planScreen: all.planScreen,
    zone,
    /** What a plan says, in the words of the procedure that made it. */
    plan: (procedure: string, said: Said) => sayPlan(language, procedure, said),
    say: (text: Text) => say(text, language),
    tier: (id: string) => tiers[id] ?? id,
    time: (at: number) => formatTime(at, zone),
    date: (at: number) => formatDate(at, zone, language),
    /** "4 min 12 s"; whole seconds, at least one. */
    age: (ms: number) => formatDuration(Math.max(1, Math.floor(ms / 1000)) * 1000, language),
    /** "0.4 s", "16 ms". */
    duration: (ms: number) => formatDuration(ms, language),
    minutes: (minutes: number) => formatDuration(minutes * 60_000, language),
    number: (value: number) => formatNumber(value, language),
    percent: (value: number) => formatPercent(value, language),
    quantity: (value: FactValue, format: Format, unit = '') =>
      formatFact(value, format, unit, language, zone, all.common),
  };
};
const WORDS = { en: wordsIn('en'), fr: wordsIn('fr') };
export type Words = (typeof WORDS)['en'];

export const useWords = (): Words => WORDS[useSettings().language];
