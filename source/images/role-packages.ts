import type {Guest, Role} from '../cluster/cluster.ts';

/** What the configuration of every machine needs and a minimal base system may lack. */
const everywhere = ['iproute2', 'procps', 'kmod', 'curl', 'iputils-ping'];

const storage = ['mdadm', 'nfs-kernel-server'];

const web = ['apache2', 'php', 'libapache2-mod-php', 'php-mysql', 'nfs-common'];

/** IPaddr2 calls arping and ip, ldirectord's agent is in `agents`; the sorry page needs no web server of its own. */
const director = ['ipvsadm', 'ldirectord', 'corosync', 'pacemaker', 'pacemaker-cli-utils', 'crmsh', 'nftables', 'dnsmasq', 'nfs-common', 'iputils-arping', 'libxml2-utils'];

/** Where the resource agents are: Ubuntu divides Debian's one package (IPaddr2 in base, ldirectord in extra). */
const agents: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['resource-agents'],
	ubuntu: ['resource-agents-base', 'resource-agents-extra'],
};

/** The packages of each role, beyond the base system: what is installed natively into the role's image. */
export function rolePackages(role: Role, guest: Guest): readonly string[] {
	const own = {storage, web, director: [...director, ...agents[guest.distribution]]};
	return [...everywhere, ...own[role]];
}
