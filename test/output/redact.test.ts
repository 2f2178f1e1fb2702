import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/shell/secret.ts';
import {redactAll, redactor, redactCredentials} from '../../source/output/redact.ts';

const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXk'.repeat(4)}\n${'QyNTUxOQAAACBx'.repeat(4)}\nshort=\n-----END OPENSSH PRIVATE KEY-----\n`;
const redact = redactor([new Secret('KEY', key), new Secret('PASSWORD', 'pa"ss\\wörd'), new Secret('SHORT', 'abc')]);
const base64 = Buffer.from(key).toString('base64');

describe('the forms of a secret', () => {
	test.each([
		['a line of a key', `| ${'b3BlbnNzaC1rZXk'.repeat(4)} |`, '| *** |'],
		['a key in JSON', JSON.stringify({key}), '{"key":"***\\n"}'],
		['a key in base64', `x ${base64} y`, 'x *** y'],
		[
			'a key in base64, broken by base64 (1)',
			base64.replaceAll(/.{76}/g, '$&\n'),
			base64.replaceAll(/.{1,76}/g, '***\n').trimEnd(),
		],
		[
			'a key in base64, broken as PEM is: all but the end of its last line',
			base64.replaceAll(/.{64}/g, '$&\n'),
			`${'***\n'.repeat(4)}LS0K`,
		],
		['a password', 'with pa"ss\\wörd!', 'with ***!'],
		['a password in JSON', JSON.stringify(['pa"ss\\wörd']), '["***"]'],
		['a password in base64', Buffer.from('pa"ss\\wörd').toString('base64'), '***'],
		[
			"an address of anybody's",
			'GET http://ana:s3cr@t@proxy:3128/ and ftp://x:y@z',
			'GET http://***@proxy:3128/ and ftp://***@z',
		],
		['an address in JSON', '{"url":"http://ana:secret@proxy"}', '{"url":"http://***@proxy"}'],
		['ordinary text', 'abc short= http://host:80/a@b //x user@host', 'abc short= http://host:80/a@b //x user@host'],
	])('%s', (_, text, expected) => {
		expect(redact(text)).toBe(expected);
	});

	test('in data, at any depth', () => {
		expect(redactAll({one: ['pa"ss\\wörd', 1, null], two: {three: 'http://a:b@c', four: true}}, redact)).toEqual({
			one: ['***', 1, null],
			two: {three: 'http://***@c', four: true},
		});
	});
});

describe("credentials of anybody's", () => {
	test.each([
		['a private key', `before\n${key}after`, 'before\n***\nafter'],
		['a private key that is cut off', `before\n${key.slice(0, 80)}`, 'before\n***'],
		[
			'netplan',
			'password: "Wi-Fi pass phrase"\n  key: {private: "abc=", shared: def}',
			'password: ***\n  key: {private: ***, shared: ***}',
		],
		[
			'netplan in JSON',
			JSON.stringify('a:\n  password: "Wi-Fi pass phrase"\n  b: 1\n'),
			String.raw`"a:\n  password: ***\n  b: 1\n"`,
		],
		[
			'ifupdown',
			'\twpa-ssid casa\n\twpa-psk "two words"\n\taddress 10.0.0.1\n',
			'\twpa-ssid ***\n\twpa-psk ***\n\taddress 10.0.0.1\n',
		],
		[
			'ifupdown in JSON',
			JSON.stringify('iface wlan0\n\twpa-psk abc\n\tmtu 9\n'),
			String.raw`"iface wlan0\n\twpa-psk ***\n\tmtu 9\n"`,
		],
		[
			'wpa_supplicant and NetworkManager',
			'psk=abc\nwep-key-psk=x\n802-1x.password=y z',
			'psk=***\nwep-key-psk=***\n802-1x.password=*** z',
		],
		[
			'WireGuard',
			'PrivateKey = abc+/=\nPresharedKey=def\nPublicKey = ghi\nwg set wg0 private-key jkl',
			'PrivateKey = ***\nPresharedKey=***\nPublicKey = ghi\nwg set wg0 private-key ***',
		],
		['JSON of other programs', '{"client_secret":"x y","user":"ana"}', '{"client_secret":***,"user":"ana"}'],
		[
			"a file of the host's network that a command installs",
			"$ install /dev/stdin /var/lib/cluster-wizard-bridges/kvmbr0/new/etc/x <<'END_0a1b'\n# note\n--token t\nEND_0a1b\nafter",
			"$ install /dev/stdin /var/lib/cluster-wizard-bridges/kvmbr0/new/etc/x <<'END_0a1b'\n***END_0a1b\nafter",
		],
		[
			'ordinary text',
			'the password of nobody; shared memory; private network: none',
			'the password of nobody; shared memory; private network: none',
		],
	])('%s', (_, text, expected) => {
		expect(redactCredentials(text)).toBe(expected);
	});
});
