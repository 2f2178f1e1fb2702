import {basename} from 'node:path';
import {assetPath} from '../assets.ts';
import type {Cluster, Role} from '../answers/cluster.ts';
import {sh, withLimit} from '../engine/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {imageSuffixes, type BaseImage, type RoleImage} from '../images/image.ts';
import {goneFrom} from './gone-from.ts';

/** The base system, from the distribution's packages. */
export function baseImageTask({path, archive, packages, components}: BaseImage, suite: string): Task {
	return {
		title: {en: `Make the base system of ${suite} with mmdebstrap`, es: `Crear el sistema base de ${suite} con mmdebstrap`},
		check: check(path),
		apply: [withLimit(sh`sh ${assetPath('images/build-base')} ${suite} ${components.join(',')} ${path} ${archive} ${packages}`, 1800)],
		creates: [{kind: 'image', name: basename(path)}, {kind: 'archive', name: basename(archive)}],
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
		creates: [{kind: 'image', name: basename(path)}],
	};
}

function check(path: string): Task['check'] {
	return sh`sh ${assetPath('images/verify')} ${path}`;
}

/** An image, its checksum, its lock and what an interrupted build has left. */
export function removeImage({name}: ResourceOf<'image'>, {cache}: Cluster['paths']): Removal {
	const path = `${cache}/${name}`;
	const files = [path, ...imageSuffixes.map(suffix => path + suffix)];
	return {
		shown: path,
		remove: sh`rm -rf --one-file-system ${files}`,
		gone: sh`for file in ${files}; do [ ! -e "$file" ] || { echo "$file is still there"; exit 1; }; done`,
	};
}

/** The packages that apt fetched for a release. */
export function removeArchive({name}: ResourceOf<'archive'>, {cache}: Cluster['paths']): Removal {
	const path = `${cache}/${name}`;
	return {
		shown: path,
		remove: sh`rm -rf --one-file-system ${path}`,
		gone: goneFrom(path),
	};
}
