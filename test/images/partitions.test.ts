import {expect, test} from 'vitest';
import {partitionsOf} from '../../source/images/partitions.ts';

test.each([
	['storage', 10, {system: 3072, home: 6144, swap: 1024}],
	['director', 10, {system: 3072, home: 6144, swap: 1024}],
	['web', 5, {system: 4608, home: 0, swap: 512}],
	['director', 20, {system: 6144, home: 12_288, swap: 2048}],
	['director', 2, {system: 1536, home: 308, swap: 204}],
	['web', 2, {system: 1844, home: 0, swap: 204}],
] as const)('%s on %i GiB', (role, disk, partitions) => {
	expect(partitionsOf(role, disk)).toEqual(partitions);
	const {system, home, swap} = partitionsOf(role, disk);
	expect(system + home + swap).toBe(disk * 1024);
});
