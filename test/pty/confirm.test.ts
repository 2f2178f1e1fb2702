import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundle} from './bundle.ts';
import {PseudoTerminal} from './pseudo-terminal.ts';

let program: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
	program = await bundle('test/pty/confirm-program.ts');
});
afterAll(() => {
	program.remove();
});

test.each([
	['the question', undefined, 'y\r', 'GOES ON', 0],
	['the question', undefined, 'yes\r', 'GOES ON', 0],
	['the question', undefined, '\r', 'STOPS: Nothing was touched.', 1],
	['the question', undefined, 'stop\r', 'STOPS: Nothing was touched.', 1],
	['the question', undefined, 'skip\r', 'STOPS: Nothing was touched.', 1],
	['the question', undefined, '\u0004', 'STOPS: Nothing was touched.', 1],
	['the question', undefined, '\u0003', 'STOPS: Nothing was touched.', 130],
	['the name', 'web', 'web\r', 'GOES ON', 0],
	['the name', 'web', 'y\r', 'STOPS: Nothing was touched.', 1],
	['the name', 'web', 'web-2\r', 'STOPS: Nothing was touched.', 1],
] as const)('%s (%s) answered with %j: %s', async (_, name, keys, end, code) => {
	const terminal = new PseudoTerminal(process.execPath, [program.file('confirm-program'), ...(name ? [name] : [])]);
	try {
		await terminal.shows(name ? "Type the cluster's name, web, to go on: " : 'Go on? [y/N]');
		terminal.pty.write(keys);
		await terminal.shows(end);
		expect(await terminal.ended).toBe(code);
		expect(terminal.text).not.toContain('Error');
	} finally {
		terminal.end();
	}
});
