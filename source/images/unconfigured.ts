import type {Role} from '../cluster/cluster.ts';

/** Services that the packages would start at the first boot, before a step has configured them: disabled in the image. */
export const unconfigured: Readonly<Record<Role, readonly string[]>> = {
	storage: ['nfs-server'],
	director: ['corosync', 'pacemaker', 'ldirectord', 'dnsmasq', 'logd'],
	web: ['apache2'],
};
