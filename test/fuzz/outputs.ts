import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {mutated, planted, type Random} from './random.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '..', 'measure', 'fixtures', name), 'utf8');

/** What the programs that are read print, by the parser that reads it. */
export const outputs = {
	ab: `${fixture('ab.txt')}`,
	siege: fixture('siege.json'),
	cpu: fixture('cpu.txt'),
	virsh:
		"%%machines\n11111111-1111-4111-8111-111111111111 NFS vieja\n%%autostart\n\n%%states\nDomain: 'NFS vieja'\n  state.state=1\n  state.reason=1\n%%networks\n%%networks-autostart\n%%answered\n%%memory\nMemTotal: 100 kB\nMemAvailable: 50 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n%%disks\next4 1000 500 500 100 50 /\n%%clock\n1.5\n1000.00 1.0\n%%units\napache2.service loaded failed failed The Apache HTTP Server\n%%mounts\n/dev/md0 /mnt/raid ext4 ro 0 0\n%%storage\nexit 137\n",
	domstats: "Domain: 'MASTER'\n  state.state=1\n  state.reason=1\n\nDomain: 'NFS'\n  state.state=5\n",
	crmMon:
		'%%pacemaker\n<pacemaker-result api-version="2.25"><nodes><node name="master" online="true" standby="false"/></nodes><resources><group id="g"><resource id="vip" resource_agent="ocf:heartbeat:IPaddr2" role="Started" failed="false"><node name="master"/></resource></group></resources></pacemaker-result>\n%%addresses\n2: ext0    inet 192.168.1.200/24 scope global ext0\n%%links\nLINK ID 0 udp\n\tnodeid: 2:\tdisconnected\n%%balancer\nTCP  192.168.1.200:80 rr\n  -> 10.0.10.110:80    Masq    1      2          3\n',
	mdstat:
		'%%mdstat\nPersonalities : [raid6]\nmd0 : active raid6 vdf[4] vde[3] vdd[2] vdc[1] vdb[0]\n      304128 blocks super 1.2 level 6, 512k chunk, algorithm 2 [5/4] [UUUU_]\n      [==>....]  recovery = 12.6% (12800/101376) finish=0.1min\n%%exports\n/srv/web\n\t\t10.0.10.0/24(sync,wdelay)\n',
	osRelease: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
	addresses:
		'[{"ifname":"eno1","link_type":"ether","address":"52:54:00:12:34:56","addr_info":[{"family":"inet","local":"192.168.1.20","prefixlen":24}]}]',
	routes: '[{"dst":"default","gateway":"192.168.1.1","dev":"eno1","metric":100},{"dst":"192.168.1.0/24","dev":"eno1"}]',
	nft: '{"nftables":[{"chain":{"family":"ip","hook":"forward","policy":"drop"}}]}',
	resolv: 'nameserver 192.168.1.1\nsearch lan\n',
	text: 'Get:12 http://deb.example bookworm/main amd64 apache2 [221 kB]\nSetting up apache2 (2.4.62) ...\n# Heading\n- `code` | *pipe*\n> quoted [link](http://a.example)\n',
} as const;

export type OutputName = keyof typeof outputs;

/** An output of one of those programs as a hostile machine prints it. `mark`: what the lines of a round trip begin with. */
export function hostileOutput(random: Random, mark = ''): {name: OutputName; text: string} {
	const name = random.of(Object.keys(outputs) as OutputName[]);
	let text = random.chance(0.2) ? planted(outputs[name], random) : mutated(outputs[name], random);
	if (mark !== '' && random.chance(0.5)) {
		const word = random.of(['start', 'found', 'applied', 'busy', 'free', 'x', '__proto__']);
		text = `${text.slice(0, random.below(text.length))}\n${mark} ${word} ${random.of(['0', '1', '9', '-1', 'NaN', '1e9', ''])} ${random.of(['0', '1', '99', 'x', ''])}\n${text}`;
	}

	return {
		name,
		text: random.chance(0.005)
			? text.replaceAll('\n', random.of([' ', 'x', '\u001B[45m', '\u001B]52;c;', '\u202E'])).repeat(random.below(400))
			: text,
	};
}
