import {expect, test} from 'vitest';
import {aptWork, secondsOf} from '../../source/session/packages-forecast.ts';
import {chapterSeconds, noHistory, type Forecast} from '../../source/engine/estimate.ts';

const steps = `Inst libaio1 (0.3.113-4 Debian:12.5/stable [amd64])
Inst qemu-utils (1:7.2+dfsg-7 Debian:12.5/stable [amd64])
Conf libaio1 (0.3.113-4 Debian:12.5/stable [amd64])
Conf qemu-utils (1:7.2+dfsg-7 Debian:12.5/stable [amd64])`;
const files = `'http://mirror.example/pool/main/liba/libaio/libaio1_0.3.113-4_amd64.deb' libaio1_0.3.113-4_amd64.deb 13422 MD5Sum:f9
'http://mirror.example/pool/main/q/qemu/qemu-utils_7.2+dfsg-7_amd64.deb' qemu-utils_1%3a7.2+dfsg-7_amd64.deb 1486578 MD5Sum:0a`;

test('apt says how many packages it installs and how many bytes it fetches', () => {
	expect(aptWork(steps, files)).toEqual({count: 2, bytes: 1_500_000});
	expect(aptWork('', '')).toEqual({count: 0, bytes: 0});
});

test('a fresh host takes most of a minute, a computer that lacks nothing no time', () => {
	expect(Math.abs(secondsOf({count: 160, bytes: 66_000_000}) - 53)).toBeLessThan(53 * 0.1);
	expect(secondsOf({count: 0, bytes: 0})).toBeLessThan(2);
});

test("the estimate follows apt, also where another cluster's packages took no time", () => {
	const units = [{id: 'packages', step: 'packages', needs: []}];
	const forecast: Forecast = {
		units,
		history: {...noHistory, work: new Map([['packages', 3]])},
		expected: new Map([['packages', 'work']]),
		acceleration: 'tcg',
		foretold: new Map([['packages', 52]]),
	};
	expect(chapterSeconds(forecast).get('packages')).toBe(52);
	expect(chapterSeconds({...forecast, expected: new Map([['packages', 'check']])}).get('packages')).toBeLessThan(1);
});
