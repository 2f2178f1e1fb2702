import {execFile, spawnSync} from 'node:child_process';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {promisify} from 'node:util';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {asset} from '../../source/assets.ts';
import {configuration} from '../../steps/ldirectord.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'ldirectord-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** 3: understood, and not running; 2: not understood. In a mount namespace of its own, for the log it writes. */
function judge(text: string): number | null {
	const file = join(folder, 'test.cf');
	writeFileSync(file, text);
	return spawnSync('unshare', [
		'--mount',
		'sh',
		'-c',
		'mount -t tmpfs tmpfs /var/log && ldirectord "$1" status',
		'sh',
		file,
	]).status;
}

test.each([
	["the thesis's values", {}],
	['five servers, fast', {profile: 'fast', web: {count: 5}}],
	['no sorry page', {ha: {sorryPage: false}}],
	['every second', {check: {interval: '1s', timeout: '1s'}}],
] as const)('ldirectord accepts %s', (_, answers) => {
	expect(judge(configuration(testCluster(answers)))).toBe(3);
});

test('nothing is loaded during a check: time that runs out in the middle of a module would spoil every later one', async () => {
	const [, options] = /^Environment="PERL5OPT=(.*)"$/m.exec(
		asset('director/etc/systemd/system/pacemaker.service.d/cluster.conf').toString(),
	)!;
	const server = createServer((_, response) => {
		response.setHeader('Content-Type', 'text/html; charset=UTF-8').end('OK\n');
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	// As its check_http does it.
	const script = `use LWP::UserAgent; use LWP::Debug; use Net::HTTP; use URI; my %before = %INC;
		my $agent = LWP::UserAgent->new(ssl_opts => {verify_hostname => 0});
		my $answer = $agent->request(HTTP::Request->new('GET', $ARGV[0], HTTP::Headers->new(Host => '127.0.0.1')));
		print join ' ', $answer->content, sort grep {!$before{$_}} keys %INC;`;
	const check = async (command: string, more: Record<string, string>) =>
		(
			await promisify(execFile)(
				'perl',
				['-e', script, `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz.php`, command],
				{env: {...process.env, ...more}},
			)
		).stdout;
	// Debian 12's URI takes this one along if it is there: a single small file.
	expect(await check('start', {PERL5OPT: options!})).toMatch(/^OK\n( Regexp\/IPv6\.pm)?$/);
	expect(await check('start', {})).toContain('LWP/Protocol/http.pm');
	// Its status, which is asked often, does without.
	expect(await check('status', {PERL5OPT: options!})).toContain('LWP/Protocol/http.pm');
	server.close();
});

test('the judge is awake', () => {
	expect(judge(configuration(testCluster()).replace('virtual=', 'virtua='))).toBe(2);
});
