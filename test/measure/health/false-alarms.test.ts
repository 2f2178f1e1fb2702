import {expect, test} from 'vitest';
import {Random, seedFor} from '../../fuzz/random.ts';
import {testCluster} from '../../cluster-fixture.ts';
import {ChangedLook} from './healthy.ts';

const looks = 1000;
const native = testCluster();
const emulated = testCluster({}, {acceleration: 'tcg'});
const nodes = ['nas', 'master', 'standby', 'server1', 'server2', 'server3'];
const webs = ['10.0.10.110', '10.0.10.111', '10.0.10.112'];

/** A whole number from `least` to `most`. */
const between = (random: Random, least: number, most: number) => least + random.below(most - least + 1);

/** Memory, disks, clock and time service of one node, anywhere within what is healthy. */
function varySystem(look: ChangedLook, place: string, random: Random): void {
	const total = between(random, 256, 8192) * 1024;
	const swap = random.of([0, 524_284, 2_097_148]);
	const available = Math.floor((total * between(random, 16, 97)) / 100);
	look
		.change(place, /^MemTotal:.*$/m, `MemTotal: ${total} kB`)
		.change(place, /^MemAvailable:.*$/m, `MemAvailable: ${available} kB`)
		.change(place, /^SwapTotal:.*$/m, `SwapTotal: ${swap} kB`)
		.change(place, /^SwapFree:.*$/m, `SwapFree: ${Math.floor((swap * between(random, 0, 100)) / 100)} kB`);
	const size = between(random, 1, 4000) * 1_000_000;
	const used = Math.floor((size * between(random, 1, 89)) / 100);
	const inodes = random.chance(0.1) ? ['-', '-'] : [100_000, between(random, 1, 89_000)];
	look.change(
		place,
		/^ext4 .* (\/\S*)$/m,
		`${random.of(['ext4', 'xfs', 'btrfs'])} ${size} ${used} ${size - used} ${inodes.join(' ')} $1`,
	);
	if (place === 'host') {
		look.change(
			'host',
			'%%time\n',
			`%%time\n${random.of(['NTP=yes\nNTPSynchronized=yes\n', 'NTP=no\nNTPSynchronized=no\n'])}`,
		);
		return;
	}

	look.clocks.set(place, between(random, -1900, 1900) / 1000);
	const uptime = between(random, 40, 40_000_000);
	look.change(place, /^(%%clock\n.*\n)\S+/m, `$1${uptime}.12`);
	if (random.chance(0.2)) {
		// A time service that a user has installed has not found the time yet, or has.
		look.change(
			place,
			'%%units\n',
			'%%units\nsystemd-timesyncd.service loaded active running Network Time Synchronization\n',
		);
		if (uptime >= 600) {
			look.change(place, '%%memory', '%%synchronized\n%%memory');
		}
	}
}

/** Somebody has moved the group to the director that it is on. */
function hold(look: ChangedLook, director: string): void {
	for (const place of ['master', 'standby']) {
		look.change(
			place,
			'%%constraints\n',
			`%%constraints\n<rsc_location id="cli-prefer-web" rsc="web" role="Started" node="${director}" score="INFINITY"/>\n`,
		);
	}
}

/** The group runs on standby, as it does after a failover where it does not go back by itself. */
function failOver(look: ChangedLook): void {
	const [master, standby] = ['master', 'standby'].map(name => look.texts.get(name)!);
	const sections = (text: string, name: string) => new RegExp(`%%${name}\n[^%]*`).exec(text)![0];
	for (const name of ['balancer', 'ldirectord']) {
		look
			.change('master', sections(master!, name), sections(standby!, name))
			.change('standby', sections(standby!, name), sections(master!, name));
	}

	const vips = [...master!.matchAll(/^.*inet (?:192\.168\.1\.200|10\.0\.10\.200)\/.*\n/gm)].map(([line]) => line);
	for (const vip of vips) {
		look.change('master', vip, '');
	}

	look.change('standby', '%%addresses\n', `%%addresses\n${vips.join('')}`);
	for (const place of ['master', 'standby']) {
		look.change(place, /(<resource id=[^]*?)<node name="master" id="\d+"/, '$1<node name="standby" id="2"');
	}
}

function varyCluster(look: ChangedLook, random: Random): void {
	if (random.chance(0.3)) {
		look.change(
			'nas',
			'[5/5] [UUUUU]',
			`[5/5] [UUUUU]\n      [=>...]  check = ${between(random, 0, 99)}.${random.below(10)}% (1/2) finish=${random.below(100)}.1min speed=1K/sec`,
		);
	}

	if (random.chance(0.2)) {
		look.change(
			'nas',
			/^unused devices/m,
			'md7 : active raid1 vdz[1] vdy[0]\n      1000 blocks super 1.2 [2/2] [UU]\n\nunused devices',
		);
	}

	if (random.chance(0.2)) {
		look
			.change('host', '%%machines\n', '%%machines\n11111111-1111-4111-8111-111111111111 NFS vieja\n')
			.change('host', '%%states\n', "%%states\nDomain: 'NFS vieja'\n  state.state=5\n  state.reason=1\n\n");
	}

	for (const web of webs) {
		look.change(
			'master',
			new RegExp(`(-> ${web}:80 +Masq +1) +\\d+ +\\d+`),
			`$1 ${random.below(5000)} ${random.below(50_000)}`,
		);
	}

	const isMoved = random.chance(0.3);
	if (isMoved) {
		failOver(look);
	}

	if (random.chance(0.2)) {
		hold(look, isMoved ? 'standby' : 'master');
	}

	if (random.chance(0.2)) {
		look.work = {
			verb: random.of(['up', 'move', 'verify']),
			pid: 1 + random.below(4_000_000),
			since: new Date().toISOString(),
			isFirst: false,
		};
	}
}

test(`${looks} looks at a healthy cluster: no false alarm`, () => {
	const seed = seedFor('false alarms');
	const random = new Random(seed);
	const alarms: string[] = [];
	for (let count = 0; count < looks; count++) {
		const isEmulated = random.chance(0.3);
		const look = new ChangedLook(isEmulated ? emulated : native);
		look.trip = between(random, 30, isEmulated ? 90_000 : 9000);
		look.page = look.page.map(answer => ({
			...answer,
			status: random.of([200, 200, 302]),
			latency: between(random, 1, isEmulated ? 9900 : 1990),
			server: random.of(['server1', 'server2', 'server3']),
		}));
		for (const place of ['host', ...nodes]) {
			varySystem(look, place, random);
		}

		varyCluster(look, random);
		if (look.health.state !== 'ok') {
			alarms.push(look.line);
		}
	}

	expect(alarms).toEqual([]);
}, 120_000);
