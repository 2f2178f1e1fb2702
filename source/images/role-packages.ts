import type {Guest} from '../cluster/cluster.ts';
import {definitionOf, type Role} from '../roles/index.ts';

/** Packages that every role's configuration needs, and that a minimal base system may lack. */
const everywhere = ['iproute2', 'procps', 'kmod', 'curl', 'iputils-ping'];

/** The packages of each role, beyond the base system: what is installed natively into the role's image. */
export function rolePackages(role: Role, {distribution}: Guest): readonly string[] {
	const {packages, packagesOf} = definitionOf(role);
	return [...everywhere, ...packages, ...(packagesOf?.[distribution] ?? [])];
}
