import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {waitingLine} from '../../source/session/waiting-line.ts';

beforeEach(() => {
	vi.useFakeTimers({now: 1_000_000});
	vi.stubEnv('TERM', 'xterm');
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllEnvs();
});

function stream(isTTY = true) {
	const written: string[] = [];
	return {isTTY, columns: 60, written, write: (text: string) => written.push(text)};
}

test('says what is waited for, how far it is and since when, and leaves nothing behind', () => {
	const terminal = stream();
	const line = waitingLine({}, 1_000_000, terminal);
	line.tell({what: 'Waiting for nas, server1', done: 3, of: 8});
	expect(terminal.written).toEqual([]);
	vi.advanceTimersByTime(12_000);
	expect(terminal.written.at(-1)).toContain('Waiting for nas, server1');
	expect(terminal.written.at(-1)).toContain('3/8  12 s');
	line.tell({what: 'Waiting for server1', done: 7, of: 8});
	expect(terminal.written.at(-1)).toContain('7/8  12 s');
	line.end();
	expect(terminal.written.at(-1)).toBe('\u001B[J');
	const {length} = terminal.written;
	vi.advanceTimersByTime(5000);
	expect(terminal.written).toHaveLength(length);
});

test.each([
	['in a pipe', {}, stream(false)],
	['for programs', {json: true}, stream()],
	['with --quiet', {quiet: true}, stream()],
])('nothing %s', (_, options, output) => {
	const line = waitingLine(options, 0, output);
	line.tell({what: 'Waiting', done: 0, of: 1});
	vi.advanceTimersByTime(5000);
	line.end();
	expect(output.written).toEqual([]);
});
