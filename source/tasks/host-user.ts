import type {Cluster} from '../answers/cluster.ts';
import {sh} from '../engine/command.ts';
import type {Task} from '../engine/task.ts';

/** The user who started the program by sudo may use KVM and libvirt's machines: both groups, not kvm alone. */
export function userGroups({paths}: Cluster): Task {
	const added = `${paths.state}/added-groups`;
	return {
		title: {en: 'Put the user into the groups kvm and libvirt', es: 'Poner al usuario en los grupos kvm y libvirt'},
		check: sh`
			user=\${SUDO_USER:-root}; [ "$user" != root ] || exit 0
			for group in kvm libvirt; do
				id -nG "$user" | tr ' ' '\\n' | grep -qx "$group" || { echo "$user is not in the group $group"; exit 1; }
			done
		`,
		apply: [sh`
			user=\${SUDO_USER:-root}
			for group in kvm libvirt; do
				id -nG "$user" | tr ' ' '\\n' | grep -qx "$group" && continue
				echo "$user $group" >> ${added} && sync ${added} && gpasswd -a "$user" "$group" || exit 1
			done
		`],
		creates: [{
			kind: 'group',
			name: added,
			remove: sh`
				[ -e ${added} ] || exit 0
				sort -u ${added} | while read -r user group; do
					! id -nG "$user" 2>/dev/null | tr ' ' '\\n' | grep -qx "$group" || gpasswd -d "$user" "$group" || exit 1
				done && rm -f ${added}
			`,
			gone: sh`[ ! -e ${added} ] || { echo ${`${added} is still there`}; exit 1; }`,
		}],
		skippable: true,
		advice: {
			en: 'It holds from the user\'s next login on; the wizard itself does not need it',
			es: 'Vale desde el próximo inicio de sesión del usuario; el propio asistente no lo necesita',
		},
	};
}
