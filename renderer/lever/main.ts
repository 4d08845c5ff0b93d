import './lever.css';
import type { SurfaceView } from '@shared/lever/surface';
import { element, write } from './element';

/**
 * Main's own surface: it draws what main says and tells main what a person does. It decides nothing; main compares,
 * counts the ages and holds the token.
 */
interface Bridge {
  on(listener: (view: SurfaceView) => void): void;
  type(text: string): void;
  pull(): void;
  leave(): void;
  approval(): void;
}
const { lever } = window as unknown as { lever: Bridge };

const title = element('h1', { id: 'title' });
const error = element('div', { class: 'error', role: 'alert', hidden: '' });
const accounts = {
  label: element('span', { class: 'label' }),
  text: element('span', { class: 'mono', 'data-testid': 'lever-accounts' }),
};
const readings = {
  box: element('section', { class: 'readings' }),
  label: element('h2'),
  summary: element('p', { class: 'summary', 'data-testid': 'lever-readings' }),
  list: element('ul'),
};
readings.box.append(readings.label, readings.summary, readings.list);
const field = {
  box: element('section', { class: 'field' }),
  label: element('label', { for: 'name' }),
  input: element('input', {
    id: 'name',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'expected hint',
    'data-testid': 'lever-name',
  }),
  expected: element('b', { id: 'expected' }),
  hint: element('span', { id: 'hint', 'data-testid': 'lever-hint' }),
};
field.box.append(field.label, field.input, element('p', {}, [field.expected, ' · ', field.hint]));
const second = {
  box: element('section', { class: 'second' }),
  label: element('h2'),
  text: element('p', { 'data-testid': 'lever-second-person' }),
  choose: element('button', { type: 'button', class: 'quiet' }),
};
second.box.append(second.label, second.text, second.choose);
const act = element('button', {
  type: 'button',
  class: 'act',
  'aria-describedby': 'why',
  'data-testid': 'lever-act',
});
const why = element('p', { id: 'why', class: 'why', 'aria-live': 'polite', 'data-testid': 'lever-why' });
const leaveText = element('span');
const leave = element('button', { type: 'button', class: 'leave', 'data-testid': 'lever-leave' }, [
  leaveText,
  element('kbd', {}, ['Esc']),
]);
const notes = element('footer');

const page = document.getElementById('lever');
page?.setAttribute('aria-labelledby', 'title');
page?.append(
  title,
  error,
  readings.box,
  element('p', { class: 'accounts' }, [accounts.label, accounts.text]),
  second.box,
  field.box,
  act,
  why,
  leave,
  notes,
);

let shown: SurfaceView | null = null;
let attempt = 1;
/** Somebody pasted, and has typed nothing since. */
let pasted = false;

function draw(view: SurfaceView): void {
  const first = shown === null;
  shown = view;
  document.documentElement.lang = view.language;
  document.documentElement.dataset.theme = view.theme;
  write(title, view.title);
  write(accounts.label, view.accounts.label);
  write(accounts.text, view.accounts.text);
  drawError(view.error);
  drawReadings(view.readings);
  drawSecond(view.secondPerson);
  drawField(view.field);
  write(act, view.button.text);
  // Not `disabled`: it can be reached and read at any time; main acts on nothing while it is closed.
  act.setAttribute('aria-disabled', String(!view.button.open));
  write(why, view.button.why);
  write(leaveText, view.leave);
  if (notes.childElementCount !== view.notes.length)
    notes.replaceChildren(...view.notes.map((note) => element('p', {}, [note])));
  for (const [index, note] of view.notes.entries()) write(notes.children[index] ?? notes, note);
  if (first) leave.focus();
}

function drawError(shownError: SurfaceView['error']): void {
  error.hidden = shownError === null;
  write(error, shownError ? `${shownError.sentence} ${shownError.remedy}` : '');
}

function drawReadings(view: SurfaceView['readings']): void {
  readings.box.hidden = view === null;
  if (view === null) return;
  readings.box.dataset.state = view.state;
  write(readings.label, view.label);
  write(readings.summary, view.summary);
  const rows = view.failing.map(({ name, value, mustBe }) =>
    element('li', {}, [
      element('b', {}, [name]),
      element('bdi', { class: 'mono' }, [value]),
      element('span', { class: 'soft' }, [mustBe]),
    ]),
  );
  if (readings.list.textContent !== rows.map((row) => row.textContent).join(''))
    readings.list.replaceChildren(...rows);
}

function drawSecond(view: SurfaceView['secondPerson']): void {
  second.box.hidden = view === null;
  if (view === null) return;
  write(second.label, view.label);
  write(second.text, view.text);
  second.choose.hidden = view.choose === null;
  write(second.choose, view.choose ?? '');
}

function drawField(view: SurfaceView['field']): void {
  field.box.hidden = view === null;
  if (view === null) return;
  write(field.label, view.label);
  write(field.expected, view.expected);
  write(field.hint, pasted ? view.pasted : view.hint);
  field.input.dataset.matches = String(view.matches);
  if (view.attempt !== attempt) field.input.value = '';
  attempt = view.attempt;
}

field.input.addEventListener('input', () => {
  pasted = false;
  lever.type(field.input.value);
});
field.input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') event.preventDefault();
});
// A name that comes from elsewhere was not read by who is here.
for (const kind of ['paste', 'drop'] as const)
  field.input.addEventListener(kind, (event) => {
    event.preventDefault();
    pasted = true;
    if (shown) drawField(shown.field);
  });
second.choose.addEventListener('click', (event) => event.isTrusted && lever.approval());
act.addEventListener('click', (event) => {
  if (event.isTrusted && shown?.button.open) lever.pull();
});
leave.addEventListener('click', () => lever.leave());
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') lever.leave();
  // Held down, or pressed in a hurry, it would click whatever has the focus.
  if (event.key === 'Enter' && document.activeElement !== leave) event.preventDefault();
});
lever.on(draw);
