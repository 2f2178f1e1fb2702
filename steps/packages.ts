import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {aptLockReleased} from '../source/tasks/host-apt.ts';
import {libvirtAnswers, libvirtDisabled, makeLibvirtFolders} from '../source/tasks/host-libvirt.ts';
import {installPackages, missingPackages} from '../source/tasks/host-packages.ts';
import {kvmModule} from '../source/tasks/host-processor.ts';
import {userGroups} from '../source/tasks/host-user.ts';

export const packages = step({
	id: 'packages',
	name: phrase('Packages'),
	chapter: '4.2',
	title: phrase('KVM and libvirt'),
	on: 'machine',
	needs: ['host'],
	mends: [338, 347],
	tasks: cluster => [
		aptLockReleased(missingPackages(cluster)),
		installPackages(cluster),
		...(cluster.sandbox
			? [libvirtDisabled(cluster), makeLibvirtFolders()]
			: [libvirtAnswers(), ...userGroups(cluster)]),
		kvmModule(),
	],
});
