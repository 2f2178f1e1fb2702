import {
	chmodSync,
	existsSync,
	linkSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {execFileSync} from 'node:child_process';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {UserError} from '../../source/user-error.ts';
import {beginCache, checkCache} from '../../source/state/cache.ts';
import {backUpFile} from '../../source/state/backup.ts';
import {StateDirectory} from '../../source/state/directory.ts';
import {invokingUser} from '../../source/state/owner.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

let folder: string;
let path: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'state-')));
	path = join(folder, 'state');
});
afterEach(() => {
	rmSync(folder, {recursive: true});
});

const open = () => StateDirectory.open(path, invokingUser({}));

/** Everything below a folder, with type, mode and size. */
function listing(root: string): string[] {
	return readdirSync(root, {recursive: true})
		.map(String)
		.sort()
		.map(name => {
			const {mode, size} = lstatSync(join(root, name));
			return `${name} ${mode.toString(8)} ${size}`;
		});
}

describe('opening', () => {
	test.each<[string, () => void]>([
		['missing', () => {}],
		['empty', () => mkdirSync(path, {mode: 0o755})],
		['a new file system', () => mkdirSync(join(path, 'lost+found'), {recursive: true, mode: 0o755})],
		[
			'what an interrupted beginning leaves',
			() => {
				mkdirSync(path, {mode: 0o700});
				writeFileSync(join(path, 'cluster.json.new'), '{"for');
			},
		],
	])('a folder that is %s can become a state directory; looking at it writes nothing', (_, prepare) => {
		prepare();
		const before = listing(folder);
		const state = open();
		expect([state.marker, state.exists, state.read('answers.yaml')]).toEqual([undefined, false, undefined]);
		expect(listing(folder)).toEqual(before);
		state.begin({id: testFacts.clusterId, name: 'web', sandbox: true, cache: '/var/cache/cluster-wizard'});
		expect(open().marker).toMatchObject({format: 2, id: testFacts.clusterId, name: 'web'});
	});

	test.each<[string, () => void, RegExp]>([
		[
			"holds somebody's files",
			() => {
				mkdirSync(path);
				writeFileSync(join(path, 'thesis.odt'), 'years of work');
			},
			/"thesis\.odt"/,
		],
		[
			"lies in another cluster's",
			() => {
				begunState(join(folder, 'outer'));
				path = join(folder, 'outer', 'sandbox');
			},
			/lies in .*\/outer, which is the program's own/,
		],
		[
			'lies deep in an image cache',
			() => {
				beginCache(join(folder, 'cache'));
				path = join(folder, 'cache', 'bookworm-packages', 'a', 'b');
			},
			/lies in .*\/cache, which/,
		],
		[
			'is the folder of all clusters',
			() => {
				path = '/var/lib/cluster-wizard';
			},
			/lies in/,
		],
		[
			'is among the preferences',
			() => {
				path = '/var/lib/cluster-wizard/.preferences/1000';
			},
			/lies in/,
		],
		[
			'looks like an old state directory',
			() => {
				mkdirSync(path);
				writeFileSync(join(path, 'journal.jsonl'), '');
			},
			/no cluster of ours/,
		],
		[
			'is a link',
			() => {
				mkdirSync(join(folder, 'elsewhere'));
				symlinkSync('elsewhere', path);
			},
			/it is a link/,
		],
		['is a file', () => writeFileSync(path, ''), /not the kind of file/],
		[
			'everybody can write to',
			() => {
				begunState(path);
				chmodSync(path, 0o777);
			},
			/other users can write/,
		],
		[
			'lies where everybody can write',
			() => {
				path = join(folder, 'open', 'state');
				begunState(path);
				chmodSync(join(folder, 'open'), 0o777);
			},
			/no safe place/,
		],
		[
			'has a broken marker',
			() => {
				begunState(path);
				truncateSync(join(path, 'cluster.json'), 20);
			},
			/no cluster of ours/,
		],
		[
			'has a marker of another format',
			() => {
				begunState(path);
				writeFileSync(
					join(path, 'cluster.json'),
					readFileSync(join(path, 'cluster.json'), 'utf8').replace('"format": 2', '"format": 3'),
				);
			},
			/no cluster of ours/,
		],
		[
			'has a link for a marker',
			() => {
				begunState(path);
				renameSync(join(path, 'cluster.json'), join(folder, 'elsewhere.json'));
				symlinkSync(join(folder, 'elsewhere.json'), join(path, 'cluster.json'));
			},
			/no cluster of ours/,
		],
	])(
		'a folder that %s is refused with one sentence and exit code 2, and nothing is touched',
		(_, prepare, sentence) => {
			prepare();
			const before = listing(folder);
			let error: unknown;
			try {
				open();
			} catch (caught) {
				error = caught;
			}

			expect(error).toBeInstanceOf(UserError);
			expect(error).toMatchObject({exitCode: 2, message: expect.stringMatching(sentence) as string});
			expect((error as Error).message).not.toContain('\n');
			expect(listing(folder)).toEqual(before);
		},
	);

	test.each<[string, string, (at: string) => void]>([
		['a link', 'answers.yaml', at => symlinkSync('/etc/hostname', at)],
		[
			'a second name of another file',
			'ssh_config',
			at => {
				writeFileSync(join(folder, 'elsewhere'), '', {mode: 0o600});
				linkSync(join(folder, 'elsewhere'), at);
			},
		],
		['a dangling link', 'lock', at => symlinkSync('/nowhere', at)],
		['a folder for a file', 'journal.jsonl', at => mkdirSync(at)],
		['a FIFO', 'facts.json', at => execFileSync('mkfifo', [at])],
		[
			'writable by everybody',
			'inventory.json',
			at => {
				writeFileSync(at, '{}');
				chmodSync(at, 0o666);
			},
		],
		['a link for a folder', 'logs', at => symlinkSync('/etc', at)],
		['a key that is a link', 'keys/authkey', at => symlinkSync('/etc/hostname', at)],
		['what is written aside is a link', 'keys/authkey.new', at => symlinkSync('/etc/hostname', at)],
		['a program of the sandbox that is a link', 'sandbox/control', at => symlinkSync('/bin/true', at)],
		[
			'a file too large',
			'answers.yaml',
			at => {
				writeFileSync(at, '');
				truncateSync(at, 65 * 2 ** 20);
			},
		],
	])(
		'an entry that is not what the program made (%s, %s) stops every command but those that can do without it',
		(_, name, make) => {
			const state = begunState(path);
			state.create('keys', 'sandbox');
			make(join(path, name));
			expect(open).toThrow(new RegExp(`${name} is not the file that the program made`));
			const tolerant = StateDirectory.open(path, invokingUser({}), {isTolerant: true});
			expect(tolerant.problems.map(problem => problem.name)).toEqual([name]);
			expect([tolerant.has(name), tolerant.read(name)]).toEqual([false, undefined]);
			expect(tolerant.foreign().filter(found => !found.includes('/sandbox'))).toEqual(
				name.startsWith('sandbox') ? [] : [join(path, name)],
			);
		},
	);
});

test('an image cache is in no cluster and no other cache', () => {
	begunState(path);
	beginCache(join(folder, 'cache'));
	for (const inside of [join(path, 'content'), join(folder, 'cache', 'x')]) {
		expect(() => {
			checkCache(inside, 'en');
		}).toThrow(/which is the program's own/);
	}
});

describe('removing', () => {
	const fill = () => {
		const state = begunState(path);
		state.create('keys', 'logs', 'reports');
		for (const name of [
			'answers.yaml',
			'facts.json',
			'journal.jsonl',
			'keys/authkey',
			'keys/host-nas.pub',
			'reports/measurements.json',
			'reports/report-20260301T113000.html',
		]) {
			state.write(name, 'x');
		}

		mkdirSync(join(path, 'logs', '20260301T113000-ab12'));
		writeFileSync(join(path, 'logs', '20260301T113000-ab12', 'raid-nas.log'), 'x');
		for (const name of ['/etc/hosts', '/etc/ha.d/ldirectord.cf']) {
			backUpFile(state, '20260301T113000-ab12', {place: 'master', path: name, content: Buffer.from('x')});
		}

		return state;
	};

	test('everything of ours goes, and the folder', () => {
		fill().remove();
		expect(existsSync(path)).toBe(false);
	});

	test('reports stay if they are to stay, with the marker that says whose they are', () => {
		fill().remove(['reports']);
		expect(listing(path).map(line => line.split(' ')[0])).toEqual([
			'cluster.json',
			'reports',
			'reports/measurements.json',
			'reports/report-20260301T113000.html',
		]);
		expect(open().holdsCluster).toBe(false);
	});

	test('foreign files stay, at every level, and are named; links are not followed', () => {
		const outside = join(folder, 'outside');
		mkdirSync(outside);
		writeFileSync(join(outside, 'wizard'), 'precious');
		const state = fill();
		writeFileSync(join(path, 'notes.txt'), '');
		mkdirSync(join(path, 'photos'));
		writeFileSync(join(path, 'keys', 'id_rsa'), '');
		symlinkSync(outside, join(path, 'logs', '20260301T113001-link'));
		symlinkSync(join(outside, 'wizard'), join(path, 'keys', 'wizard'));
		writeFileSync(join(path, 'logs', '20260301T113000-ab12', 'core'), '');
		symlinkSync(outside, join(path, 'logs', '20260301T113000-ab12', 'backup', 'nas'));
		const foreign = [
			'keys/id_rsa',
			'keys/wizard',
			'logs/20260301T113000-ab12/backup/nas',
			'logs/20260301T113000-ab12/core',
			'logs/20260301T113001-link',
			'notes.txt',
			'photos',
		].map(name => join(path, name));
		expect(state.foreign().sort()).toEqual(foreign);
		state.remove();
		expect(state.foreign().sort()).toEqual(foreign);
		expect(readFileSync(join(outside, 'wizard'), 'utf8')).toBe('precious');
		expect(readdirSync(outside)).toEqual(['wizard']);
	});
});

test('a file that is overwritten is kept as it was at first, for root alone', () => {
	const state = begunState(path);
	state.create('logs');
	const keep = (content: string) =>
		backUpFile(state, 'r1', {place: 'master', path: '/etc/ha.d/../ha.d/ldirectord.cf', content: Buffer.from(content)});
	const copy = join(path, 'logs', 'r1', 'backup', 'master', 'etc', 'ha.d', 'ldirectord.cf');
	expect(keep('first\n')).toBe(copy);
	expect(keep('second\n')).toBeUndefined();
	expect(readFileSync(copy, 'utf8')).toBe('first\n');
	expect(statSync(copy).mode & 0o777).toBe(0o600);
	expect(
		['backup', 'backup/master', 'backup/master/etc/ha.d'].map(
			name => statSync(join(path, 'logs', 'r1', name)).mode & 0o777,
		),
	).toEqual([0o700, 0o700, 0o700]);
});

test('a file that is written replaces a link, and does not follow it', () => {
	const state = begunState(path);
	const outside = join(folder, 'outside');
	writeFileSync(outside, 'precious');
	for (const name of ['answers.yaml', 'answers.yaml.new']) {
		symlinkSync(outside, join(path, name));
	}

	state.write('answers.yaml', 'name: web\n');
	expect(readFileSync(outside, 'utf8')).toBe('precious');
	expect(state.read('answers.yaml')).toBe('name: web\n');
});

describe('folders above', () => {
	const marker = {id: testFacts.clusterId, name: 'web', sandbox: true, cache: '/var/cache/cluster-wizard'};

	test('that were made with it go with it, others stay', () => {
		mkdirSync(join(folder, 'old'), {mode: 0o755});
		path = join(folder, 'old', 'new', 'newer', 'state');
		open().begin(marker);
		// A later run makes nothing anew.
		open().begin(marker);
		open().remove();
		expect(listing(folder).map(line => line.split(' ')[0])).toEqual(['old']);
	});

	test('stay as long as anything is in them', () => {
		path = join(folder, 'new', 'newer', 'state');
		open().begin(marker);
		writeFileSync(join(folder, 'new', 'notes'), '');
		open().remove();
		expect(listing(folder).map(line => line.split(' ')[0])).toEqual(['new', 'new/notes']);
	});
});
