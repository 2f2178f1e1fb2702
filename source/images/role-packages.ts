import type {Guest, Role} from '../cluster/cluster.ts';

/** Packages that every role's configuration needs, and that a minimal base system may lack. */
const everywhere = ['iproute2', 'procps', 'kmod', 'curl', 'iputils-ping'];

const storage = ['mdadm', 'nfs-kernel-server'];

const web = ['apache2', 'php', 'libapache2-mod-php', 'php-mysql', 'nfs-common'];

/** Packages of a director. IPaddr2 calls arping and ip; the sorry page needs no web server package. */
const director = ['ipvsadm', 'ldirectord', 'corosync', 'pacemaker', 'pacemaker-cli-utils', 'crmsh', 'nftables', 'dnsmasq', 'nfs-common', 'iputils-arping', 'libxml2-utils'];

/** Packages with the resource agents. Ubuntu splits Debian's package: IPaddr2 is in base, ldirectord in extra. */
const agents: Readonly<Record<Guest['distribution'], readonly string[]>> = {
	debian: ['resource-agents'],
	ubuntu: ['resource-agents-base', 'resource-agents-extra'],
};

/** Packages of a role in addition to the base system's, installed into the role's image. */
export function rolePackages(role: Role, guest: Guest): readonly string[] {
	const own = {storage, web, director: [...director, ...agents[guest.distribution]]};
	return [...everywhere, ...own[role]];
}
