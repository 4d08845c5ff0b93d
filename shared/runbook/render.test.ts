import { describe, expect, it } from 'vitest';
import { sql, ssh } from './plan.test-kit';
import { runBy, shownCommand } from './render';
import { countPlaceholders, fillPlaceholders, sqlText } from './sql-text';

const text = (value: string) => ({ kind: 'text', value });
const output = { kind: 'output', name: 'position' };
const secret = { kind: 'secret', name: 'repl' };

describe('a statement', () => {
  it('shows texts as literals, numbers as they are, outputs as names until they are known', () => {
    const command = sql('SELECT WAIT(?, ?), ?', {
      values: [output, { kind: 'number', value: '20' }, text("o'b\\")],
    });
    expect(shownCommand(command)).toBe("SELECT WAIT(⟨position⟩, 20), 'o''b\\\\'");
    expect(shownCommand(command, () => '0-1-7')).toBe("SELECT WAIT('0-1-7', 20), 'o''b\\\\'");
  });

  it('never shows a secret, whatever is known', () => {
    const command = sql('CHANGE MASTER TO MASTER_PASSWORD = ?', { values: [secret] });
    expect(shownCommand(command, () => 'hunter2')).toBe('CHANGE MASTER TO MASTER_PASSWORD = ⟨secret repl⟩');
    const given = ssh(['mysql'], { stdin: ['password=', secret, '\n'] });
    expect(shownCommand(given, () => 'hunter2')).toBe("mysql <<'END'\npassword=⟨secret repl⟩\nEND");
  });

  it('shows what is sent for each row', () => {
    const column = { kind: 'column', name: 'id', as: 'number' };
    const command = sql('SELECT id FROM p', { each: { statement: 'KILL ?', values: [column] } });
    expect(shownCommand(command)).toBe('SELECT id FROM p\n↳ KILL ⟨id⟩');
    expect(shownCommand(command, () => '42')).toBe('SELECT id FROM p\n↳ KILL 42');
  });

  it('a mark for a value stands only outside quotes, names and comments', () => {
    const statement = "SELECT '?', \"a?''\\\"?\", `?``?` /* ? */, ? -- ?\n, ? # ?\n, 5--?";
    expect(countPlaceholders(statement)).toBe(3);
    const filled = fillPlaceholders(statement, (index) => `<${index}>`);
    expect(filled).toBe("SELECT '?', \"a?''\\\"?\", `?``?` /* ? */, <0> -- ?\n, <1> # ?\n, 5--<2>");
    // A value that holds a mark is not filled again.
    expect(fillPlaceholders('?, ?', () => "'?'")).toBe("'?', '?'");
  });

  it('a text stays one literal', () => {
    expect(sqlText("'; DROP TABLE t; -- ")).toBe("'''; DROP TABLE t; -- '");
    expect(sqlText('\\')).toBe("'\\\\'");
    expect(sqlText('a\0b')).toBe("'a\\0b'");
    for (const hostile of ["'", '\\', "\\'", "'\\", "''", '\\\\', '\n', '?'])
      expect(countPlaceholders(`${sqlText(hostile)} ?`)).toBe(1);
  });
});

describe('a command line', () => {
  it('quotes what a shell would take apart, and marks what is not known', () => {
    expect(shownCommand(ssh(['cp', '--', '/etc/a b', text("it's"), output], { sudo: true }))).toBe(
      "sudo -n -- cp -- '/etc/a b' 'it'\\''s' ⟨position⟩",
    );
    expect(shownCommand(ssh(['echo', output]), () => 'a b')).toBe("echo 'a b'");
  });

  it('says where it is run', () => {
    expect(runBy(sql('SELECT 1'))).toEqual({ target: 'db-a', via: 'sql', prompt: 'db-a> ' });
    expect(runBy(ssh(['ls'], { target: 'web' })).prompt).toBe('web$ ');
  });
});
