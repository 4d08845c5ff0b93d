import type { Language } from '../../contract';
import { texts } from '../../text';
import type { Plan, PlanStep, StepRole } from '../../views/plan';
import type { Cell, PaperSection } from './model';

/** What cannot be said yet, and which inputs would say it. */
export function questionsSection(plan: Plan, language: Language): PaperSection {
  const { sections, questions } = texts(language).planPaper;
  const titleOf = (path: string) => plan.assumptions.find((input) => input.path === path)?.title;
  return {
    id: 'questions',
    title: sections.questions,
    blocks:
      plan.unanswered.length === 0
        ? []
        : [
            {
              kind: 'table',
              head: [questions.question, questions.missing],
              widths: [45, 55],
              rows: plan.unanswered.map(({ question, missing }): Cell[] => [
                question,
                missing.map((path) => titleOf(path) ?? path).join(' · '),
              ]),
            },
          ],
  };
}

/** Who is called for what. The plan knows roles and steps; names and telephones are written in by hand. */
export function contactsSection(plan: Plan, language: Language): PaperSection {
  const { sections, contacts } = texts(language).planPaper;
  const roles = new Map<StepRole['role'], { title: string; steps: string[]; deputies: Set<string> }>();
  for (const step of [...plan.steps, ...plan.rollback]) {
    const { role, title } = step.owner;
    const known = roles.get(role) ?? { title, steps: [], deputies: new Set<string>() };
    const number = numberOf(step);
    if (!known.steps.includes(number)) known.steps.push(number);
    known.deputies.add(step.backup.title);
    roles.set(role, known);
  }
  return {
    id: 'contacts',
    title: sections.contacts,
    blocks:
      roles.size === 0
        ? []
        : [
            {
              kind: 'table',
              head: [contacts.role, contacts.name, contacts.phone, contacts.deputy, contacts.steps],
              widths: [14, 24, 20, 18, 24],
              rows: [...roles.values()].map(({ title, steps, deputies }): Cell[] => [
                { kind: 'noted', text: title, note: '', strong: true },
                { kind: 'blank' },
                { kind: 'blank' },
                [...deputies].join(', '),
                steps.join(', '),
              ]),
            },
            { kind: 'sentence', text: contacts.write },
          ],
  };
}

const numberOf = (step: PlanStep): string => step.gate ?? step.number;
