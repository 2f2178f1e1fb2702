import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {scenes} from './scenes.ts';
import {opened, untilTestEnds} from './opened.ts';
import {toAscii, withoutColor} from '../../source/ui/plain-terminal.ts';

const sizes = [[60, 20], [80, 24], [120, 40]] as const;

describe.each(Object.entries(scenes))('%s', (name, scene) => {
	test('80×24', async () => {
		const screen = untilTestEnds(await scene());
		expect(screen.text()).toMatchSnapshot();
	});

	test.each(sizes)('fits %i×%i in both languages', async (columns, rows) => {
		for (const language of ['en', 'es'] as const) {
			const screen = untilTestEnds(await scene({columns, rows, state: {language}}));
			const lines = screen.text().split('\n');
			expect(lines.length, `${name} in ${language}`).toBeLessThan(rows);
			// The last column stays free, so nothing wraps.
			expect(Math.max(...lines.map(line => stringWidth(line))), `${name} in ${language}`).toBeLessThan(columns);
			expect(lines.filter(line => line.trim() !== '').length).toBeGreaterThan(3);
		}
	});

	test('without colour and without Unicode it is plain ASCII, and keeps its columns', async () => {
		const screen = untilTestEnds(await scene());
		const plain = toAscii(withoutColor(screen.raw()));
		expect(plain).toMatch(/^[\u0000-\u007F]*$/);
		expect(plain).not.toMatch(/\u001B\[3[1-6]m/);
		expect(toAscii(screen.text()).split('\n').map(line => line.length)).toEqual(screen.text().split('\n').map(line => stringWidth(line)));
	});
});

test.each(['answers', 'dashboard', 'dashboard, moving the VIPs', 'consent'])('%s at 60×20', async name => {
	const screen = untilTestEnds(await scenes[name]!({columns: 60, rows: 20}));
	expect(screen.text()).toMatchSnapshot();
});

test.each(['answers', 'run', 'run, explanation', 'dashboard', 'welcome', 'verification, running', 'verification, passed', 'benchmarks, done'])('%s at 120×40', async name => {
	const screen = untilTestEnds(await scenes[name]!({columns: 120, rows: 40}));
	expect(screen.text()).toMatchSnapshot();
});

test.each([[1, 5], [1, 30], [2, 9]])('%i×%i keeps its last column free', async (columns, rows) => {
	const screen = await opened({columns, rows});
	const lines = screen.text().split('\n');
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThan(columns);
});

test.each([[59, 24], [80, 19], [20, 6]])('%i×%i is too small and says so', async (columns, rows) => {
	const screen = await opened({columns, rows});
	expect(screen.text()).toContain('60×20');
	expect(screen.text().split('\n').length).toBeLessThan(rows);
});
