import type { Language } from '../contract';
import { when } from '../paper/look-text';
import { oneLine } from '../paper/table';
import { DASH } from '../text/format';
import { say } from '../text/say';
import type { Assessment, CheckResult, ProblemScore, Stars, SubjectVerdict } from '../views/assessment';
import { assessmentWords, checkText, problemText, reasonText } from './assessment-text';

/** The assessment for people at a terminal: each subject with what stands against it, then the faults of today. Pure; UTC. */
export function assessmentToText(assessment: Assessment, language: Language): string {
  const words = assessmentWords(language);
  const { takenAt, complete, subjects, problems, confidence } = assessment;
  const head =
    takenAt === null
      ? [words.noRun]
      : [`${when(takenAt)}  ${starsText(confidence, language)}`, ...(complete ? [] : [words.cancelled])];
  return [
    ...head.map((line) => `${line}\n`),
    ...subjects.map((subject) => subjectText(subject, language)),
    ...(problems.length === 0
      ? []
      : [`\n${words.problems}\n`, ...problems.map((one) => faultText(one, language))]),
  ].join('');
}

/** "★★★★☆ 17 of 21 checks measured"; nothing to measure has no star. */
export function starsText({ stars, measured, of }: Stars, language: Language): string {
  const drawn = stars === null ? DASH : '★'.repeat(stars) + '☆'.repeat(5 - stars);
  return `${drawn} ${assessmentWords(language).confidence(measured, of)}`;
}

const MARKS = { blocker: '■', warning: '▲', note: '·' } as const;

function subjectText({ subject, verdict, checks, confidence }: SubjectVerdict, language: Language): string {
  const words = assessmentWords(language);
  const clear = checks.filter(({ state }) => state === 'clear').length;
  const lines = [
    `\n${words.subject[subject.kind]} ${oneLine(subject.name)}: ${words.verdict[verdict]}  ${starsText(confidence, language)}`,
    ...checks.flatMap((check) => checkLines(check, language)),
    ...(clear > 0 ? [`  ${words.clear(clear)}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function checkLines(check: CheckResult, language: Language): string[] {
  if (check.reason) return [`  ? ${check.code}  ${oneLine(reasonText(check.reason, language))}`];
  return check.hits.flatMap((hit) => {
    const { title, why, remedy } = checkText(check, hit, language);
    return [
      `  ${MARKS[hit.severity]} ${check.code}  ${oneLine(title)}`,
      ...[why, remedy].filter((text) => text !== '').map((text) => `      ${oneLine(text)}`),
      ...hit.statements.map((statement) => `      > ${oneLine(statement)}`),
    ];
  });
}

function faultText(problem: ProblemScore, language: Language): string {
  const words = assessmentWords(language);
  const { title, score, items, removedBy, provedBy } = problem;
  const told = score === null ? DASH : words.score(score);
  return [
    `  ${told}  ${oneLine(say(title, language))}`,
    `      ${oneLine(problemText(problem, language))}${items.length > 0 ? ` (${oneLine(items.join(', '))})` : ''}`,
    ...(removedBy ? [`      ${words.removedBy}: ${oneLine(say(removedBy, language))}`] : []),
    ...(provedBy ? [`      ${words.provedBy}: ${oneLine(say(provedBy, language))}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
