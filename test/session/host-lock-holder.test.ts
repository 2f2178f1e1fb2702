import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {callInSandbox} from '../../source/session/sandbox.ts';
import type {Session} from '../../source/session/session.ts';
import {runLockHolder} from '../../source/state/run-lock.ts';

vi.mock('../../source/state/run-lock.ts', async original => ({...(await original<object>()), runLockHolder: vi.fn()}));

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holder-'));
	mkdirSync(join(folder, 'sandbox'));
	// The part inside does nothing for two looks of the part outside.
	writeFileSync(join(folder, 'sandbox', 'control'), '#!/bin/sh\n[ "$1" = find ] && exec echo 1 1\nexec sleep 2.5\n', {
		mode: 0o755,
	});
});
afterEach(() => rmSync(folder, {recursive: true}));

test.each([
	[true, 3],
	[false, 1],
])('who holds the run lock is looked up again and again only where it is shown so (%s)', async (tellsHolder, looks) => {
	vi.mocked(runLockHolder).mockClear();
	expect(
		await callInSandbox({state: {path: folder, has: () => true}, options: {}, language: 'en'} as unknown as Session, {
			tellsHolder,
		}),
	).toBe(0);
	const {calls} = vi.mocked(runLockHolder).mock;
	expect(tellsHolder ? calls.length >= looks : calls.length === looks).toBe(true);
});
