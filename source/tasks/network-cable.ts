import type {Nic, Node} from '../cluster/cluster.ts';
import type {Fault} from '../engine/drill.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Unplugs the virtual cable of one NIC of a VM, and plugs it in again. A VM always starts with all cables plugged in. */
export function unpluggedCable({vm, uuid, nics}: Node, link: Nic['link']): Fault {
	const {mac} = nics.find(nic => nic.link === link)!;
	const set = (state: 'up' | 'down', title: Text): Task => ({
		title,
		check: sh`
			state=$(virsh domif-getlink ${uuid} ${mac}) || { echo ${`libvirt does not know ${vm}'s ${link}`}; exit 2; }
			case $state in *${` ${state}`}*) ;; *) echo ${`${vm}, ${link}:`} $state; exit 1 ;; esac
		`,
		apply: [sh`virsh domif-setlink ${uuid} ${mac} ${state}`],
		timeout: 5,
	});
	return {
		inject: {on: 'host', task: set('down', phrase("Pull {vm}'s cable {link}", {vm, link}))},
		undo: {on: 'host', task: set('up', phrase("Put {vm}'s cable {link} back", {vm, link}))},
	};
}
