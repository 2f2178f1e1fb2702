import {Command} from 'commander';
import {expect, test} from 'vitest';
import {commandFirst} from '../../source/command-line/command-first.ts';

const program = new Command();
for (const name of ['status', 'exec']) {
	program.command(name).option('--state-dir <dir>').option('--json').option('--language <language>');
}

test.each([
	['status', 'status'],
	['--json status', 'status --json'],
	['--state-dir x --json exec nas ls -la', 'exec --state-dir x --json nas ls -la'],
	['--state-dir=x exec nas ls --json', 'exec --state-dir=x nas ls --json'],
	['--language es status --json', 'status --language es --json'],
	['--state-dir status', '--state-dir status'],
	['--state-dir status status', 'status --state-dir status'],
	['--unknown status', '--unknown status'],
	['--json statsu', '--json statsu'],
	['--json', '--json'],
	['', ''],
])('%j is read as %j', (given, read) => {
	expect(commandFirst(given.split(' ').filter(Boolean), program.commands).join(' ')).toBe(read);
});
