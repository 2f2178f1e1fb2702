import {expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {render} from '../../source/shell/command.ts';
import {isCached} from '../../source/engine/resource.ts';
import {baseImage as baseOf, roleImage} from '../../source/images/image.ts';
import {removal} from '../../source/tasks/removal.ts';
import {acceleration} from '../../steps/acceleration.ts';
import {baseImage} from '../../steps/base-image.ts';
import {images} from '../../steps/images.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const cache = '/var/cache/cluster-wizard';

test.each([
	['bookworm', {}, `bookworm main 7 ${baseOf(cluster).path} ${cache}/bookworm-packages`, ['linux-image-cloud-amd64']],
	[
		'noble',
		{guest: {distribution: 'ubuntu', release: 'noble', maxAge: 30}},
		'noble main,universe 30 ',
		['linux-image-virtual'],
	],
] as const)('the base system of %s', (_, answers, words, packages) => {
	const [task] = baseImage.tasks(testCluster(answers), {});
	const text = render(task!.apply![0]!, 'show');
	expect(text.startsWith(`sh ${assetPath('images/build-base')} ${words}`)).toBe(true);
	expect(text.split(' ')).toEqual(expect.arrayContaining(['openssh-server', 'tiny-initramfs', ...packages]));
});

test.each([
	['storage', 10, '3072 6144 1024 nfs-server ', 'mdadm'],
	['director', 10, '3072 6144 1024 corosync,pacemaker,ldirectord,dnsmasq,logd ', 'pacemaker'],
	['web', 5, '4608 0 512 apache2 ', 'libapache2-mod-php'],
] as const)('the image of the role %s', (role, disk, words, name) => {
	const [task, ...rest] = images.tasks(cluster, {role});
	const {path, base} = roleImage(cluster, role, disk);
	const text = render(task!.apply![0]!, 'show');
	expect(rest).toEqual([]);
	expect(text.startsWith(`sh ${assetPath('images/build-role')} ${base.path} 7 ${path} ${base.archive} ${words}`)).toBe(
		true,
	);
	expect(text.split(' ')).toContain(name);
	expect(render(task!.check, 'show')).toContain(`sh ${assetPath('images/verify')} ${path} 7 ${base.archive}`);
});

test('images and fetched packages stay with `down` and go with `--purge`', () => {
	const resources = [...baseImage.tasks(cluster, {}), ...images.tasks(cluster, {role: 'web'})].flatMap(
		({creates}) => creates ?? [],
	);
	expect(
		resources.map(resource => [resource.kind, removal(resource, cluster.paths).shown, isCached(resource)]),
	).toEqual([
		['image', baseOf(cluster).path, true],
		['archive', `${cache}/bookworm-packages`, true],
		['image', roleImage(cluster, 'web', 5).path, true],
	]);
});

test("the probe's finding is written whole or not at all", () => {
	const [task] = acceleration.tasks(cluster, {});
	const path = `${cluster.paths.state}/acceleration`;
	expect(render(task!.apply![0]!, 'show')).toBe(
		`sh ${assetPath('images/probe-kvm')} ${baseOf(cluster).path} > ${path}.new && cat ${path}.new && mv ${path}.new ${path}`,
	);
});
