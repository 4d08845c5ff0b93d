import type { Settings } from '../contract';
import { type Said, said } from '../runbook/said';
import type { Reading } from '../runbook/state-model';
import { texts } from '../text';
import { errorText } from '../text/error-text';
import { formatDuration } from '../text/format';
import { sayAct, sayPlan } from '../text/say-plan';
import {
  closedBecause,
  isOpen,
  LEVER,
  type Moment,
  type OpenLever,
  procedureOf,
  summaryOf,
  titleOf,
} from './open-lever';
import { leftToType, sameName } from './same-name';

/**
 * What stands on main's own surface, in words: its page only draws it. Nothing here lets anybody pull; the token
 * goes another way.
 */
export interface SurfaceView {
  language: Settings['language'];
  theme: Settings['theme'];
  title: string;
  accounts: { label: string; text: string };
  /** null: this act needs none. */
  readings: {
    label: string;
    summary: string;
    state: 'waiting' | 'good' | 'bad';
    /** What does not hold or cannot be told. */
    failing: { name: string; value: string; mustBe: string }[];
  } | null;
  /** null: nothing has to be typed. */
  field: {
    label: string;
    expected: string;
    hint: string;
    /** What is said instead when somebody pastes. */
    pasted: string;
    matches: boolean;
    /** When it counts up, the field is empty again. */
    attempt: number;
  } | null;
  secondPerson: { label: string; text: string; choose: string | null } | null;
  button: { text: string; open: boolean; why: string };
  error: { sentence: string; remedy: string } | null;
  leave: string;
  notes: string[];
}

export interface SurfaceContext {
  settings: Pick<Settings, 'language' | 'theme'>;
  armed: boolean;
  moment: Moment;
  /** "patronus_act on db-a, db-b", one a line. */
  accounts: readonly string[];
}

/** A position of a server can be of any length; what is compared is whole, what is shown is enough to know it by. */
const LONGEST_VALUE = 160;
const short = (text: string) => (text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`);

export function surfaceOf(lever: OpenLever, context: SurfaceContext): SurfaceView {
  const { armed, moment, accounts } = context;
  const { language, theme } = context.settings;
  const words = texts(language).lever;
  const readings = readingsOf(lever, language, moment);
  const closed = [
    ...closedBecause(lever, armed, moment),
    ...(readings === null || readings.state === 'good' ? [] : [said('readings')]),
  ];
  const title = titleOf(lever);
  const start = lever.request.act === 'start';
  return {
    language,
    theme,
    title: sayPlan(language, procedureOf(lever), title),
    accounts: { label: words.actingAs, text: accounts.join('\n') || words.actingNone },
    readings,
    field: fieldOf(lever, language),
    secondPerson: secondPersonOf(lever, language),
    button: {
      text: buttonText(lever, language, title),
      open: isOpen(lever, armed, moment),
      why: closed.map((reason) => sayPlan(language, LEVER, reason)).join(' '),
    },
    error: lever.error ? errorText(lever.error, language) : null,
    leave: words.leave,
    notes: start ? [words.nothingSent, words.written] : [words.written],
  };
}

function buttonText({ request, plan }: OpenLever, language: Settings['language'], title: Said): string {
  const { act, start, startOther } = texts(language).lever;
  if (request.act !== 'start') return act[request.act](title.params);
  const own = Object.hasOwn(start, plan.procedure) ? start[plan.procedure] : undefined;
  return sayAct(language, plan.procedure, title) ?? (own ?? startOther)(plan.confirm);
}

function readingsOf(
  lever: OpenLever,
  language: Settings['language'],
  { now }: Moment,
): SurfaceView['readings'] {
  if (!lever.mustHold) return null;
  const words = texts(language).lever;
  const { count, notSo, unknown, oldestMs, good } = summaryOf(lever.readings, now);
  const row = ({ title, value, mustBe }: Reading) => ({
    name: sayPlan(language, lever.plan.procedure, title),
    value: value === null ? words.unknown : short(value),
    mustBe: words.mustBe(short(mustBe)),
  });
  const sentences = (): string => {
    if (oldestMs === null) return words.readingsNone;
    if (oldestMs === Number.POSITIVE_INFINITY) return words.clockBack;
    // In tenths of a second, rounded up: an age is never made to look younger.
    const age = formatDuration(Math.max(1, Math.ceil(oldestMs / 100)) * 100, language);
    if (good) return words.allHold(count, age);
    const wrong = [
      ...(notSo.length > 0 ? [words.someNot(notSo.length, count)] : []),
      ...(unknown.length > 0 ? [words.someUnknown(unknown.length, count)] : []),
    ];
    return (wrong.length > 0 ? wrong : [words.tooOld(age)]).join(' ');
  };
  return {
    label: words.readings,
    summary: sentences(),
    state: oldestMs === null ? 'waiting' : good ? 'good' : 'bad',
    failing: [...notSo, ...unknown].map(row),
  };
}

function fieldOf(
  { confirm, typed, attempt, request, plan }: OpenLever,
  language: Settings['language'],
): SurfaceView['field'] {
  if (confirm === null) return null;
  const words = texts(language).lever;
  const left = leftToType(typed, confirm);
  const matches = sameName(typed, confirm);
  const state = matches ? words.matches : left === null ? words.other : `${words.left(left)}.`;
  return {
    label: request.act === 'take-over' ? words.typeHolder : nameAsked(plan.procedure, language),
    expected: words.expected(confirm),
    hint: `${state} ${words.enter}`,
    pasted: words.pasteRefused,
    matches,
    attempt,
  };
}

/** Whose name it is that is typed, in the words of who asks for it. */
function nameAsked(procedure: string, language: Settings['language']): string {
  const { typeName, typeOther } = texts(language).lever;
  return (Object.hasOwn(typeName, procedure) ? typeName[procedure] : undefined) ?? typeOther;
}

function secondPersonOf(
  { secondPerson }: OpenLever,
  language: Settings['language'],
): SurfaceView['secondPerson'] {
  const words = texts(language).lever;
  const label = words.secondPerson;
  switch (secondPerson.state) {
    case 'not-wanted':
      return null;
    case 'given':
      return { label, text: words.approvedBy(secondPerson.by), choose: null };
    case 'missing':
      return {
        label,
        text: words.approvalMissing(secondPerson.approvers.join(', ')),
        choose: words.approvalChoose,
      };
    case 'refused':
      return { label, text: errorText(secondPerson.error, language).sentence, choose: words.approvalChoose };
  }
}
