import {
	chmodSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {unpack} from '../../source/state/unpack-scripts.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'unpack-scripts-')));
const above = join(top, 'program');
const root = join(above, 'digest');
const files = [
	['assets/images/verify', Buffer.from('echo whole\n')],
	['assets/images/root/etc/issue', Buffer.from([0, 255])],
] as const;
const verify = join(root, files[0][0]);
const make = () => {
	unpack(root, files, 'en');
};

beforeEach(() => {
	rmSync(above, {recursive: true, force: true});
});
afterAll(() => {
	rmSync(top, {recursive: true});
});

test('all files are there, for all to read and for the owner to write, and nothing else', () => {
	make();
	expect(files.map(([path]) => readFileSync(join(root, path)))).toEqual(files.map(([, bytes]) => bytes));
	expect([above, root, verify].map(path => (statSync(path).mode & 0o777).toString(8))).toEqual(['755', '755', '644']);
	expect(readdirSync(above)).toEqual(['digest']);
});

test('what is there already is not written again', () => {
	make();
	const {ino} = statSync(verify);
	make();
	expect(statSync(verify).ino).toBe(ino);
});

test.each<[string, () => void]>([
	['a file with other content', () => writeFileSync(verify, 'echo other\n')],
	['a missing file', () => rmSync(verify)],
])('%s: the folder is replaced', (_, change) => {
	make();
	change();
	make();
	expect(readFileSync(verify, 'utf8')).toBe('echo whole\n');
	expect(readdirSync(above)).toEqual(['digest']);
});

describe('what others could change is refused, and stays', () => {
	test.each<[string, () => string]>([
		[
			'a folder above',
			() => {
				chmodSync(above, 0o777);
				return above;
			},
		],
		[
			'the folder',
			() => {
				chmodSync(root, 0o777);
				return root;
			},
		],
		[
			'a folder in it',
			() => {
				chmodSync(join(root, 'assets'), 0o777);
				return join(root, 'assets');
			},
		],
		[
			'a file',
			() => {
				chmodSync(verify, 0o666);
				return verify;
			},
		],
		[
			'a link instead of a file',
			() => {
				renameSync(verify, join(top, 'elsewhere'));
				symlinkSync(join(top, 'elsewhere'), verify);
				return verify;
			},
		],
	])('%s', (_, open) => {
		make();
		const path = open();
		const {ino} = statSync(path);
		expect(make).toThrow(
			expect.objectContaining({
				exitCode: 2,
				message: expect.stringContaining(`others could change it: ${path}. `) as string,
			}) as Error,
		);
		expect(statSync(path).ino).toBe(ino);
	});
});
