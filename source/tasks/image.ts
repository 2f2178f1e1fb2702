import {assetPath} from '../assets.ts';
import type {Role} from '../answers/cluster.ts';
import {sh, withLimit} from '../engine/command.ts';
import type {Creation, Task} from '../engine/task.ts';
import type {BaseImage, RoleImage} from '../images/image.ts';

/** The base system, from the distribution's packages. */
export function baseImageTask({path, archive, packages, components}: BaseImage, suite: string): Task {
	return {
		title: {en: `Make the base system of ${suite} with mmdebstrap`, es: `Crear el sistema base de ${suite} con mmdebstrap`},
		check: check(path),
		apply: [withLimit(sh`sh ${assetPath('images/build-base')} ${suite} ${components.join(',')} ${path} ${archive} ${packages}`, 1800)],
		creates: [creation(path), {
			kind: 'directory',
			name: archive,
			cache: true,
			remove: sh`rm -rf --one-file-system ${archive}`,
			gone: sh`[ ! -e ${archive} ]`,
		}],
		advice: {
			en: 'If packages cannot be fetched, look at the network, at http_proxy and at apt\'s own settings; what was fetched is kept.',
			es: 'Si no se pueden traer los paquetes, mire la red, http_proxy y los ajustes del propio apt; lo ya traído se conserva.',
		},
	};
}

/** A role's disk: the base system, the role's packages, partitions, a boot loader. */
export function roleImageTask({path, base, partitions: {system, home, swap}, packages, unconfigured}: RoleImage, role: Role): Task {
	return {
		title: {en: `Install the packages of the role ${role} into a disk`, es: `Instalar los paquetes del papel ${role} en un disco`},
		check: check(path),
		apply: [withLimit(sh`sh ${assetPath('images/build-role')} ${base.path} ${path} ${base.archive} ${system} ${home} ${swap} ${unconfigured.join(',')} ${packages}`, 1800)],
		creates: [creation(path)],
	};
}

function check(path: string): Task['check'] {
	return sh`sh ${assetPath('images/verify')} ${path}`;
}

function creation(path: string): Creation {
	const files = [path, `${path}.sha256`, `${path}.lock`];
	return {
		kind: 'image',
		name: path,
		cache: true,
		remove: sh`rm -rf --one-file-system ${files} ${`${path}.building`}`,
		gone: sh`for file in ${files} ${`${path}.building`}; do [ ! -e "$file" ] || { echo "$file is still there"; exit 1; }; done`,
	};
}
