import {director} from './director.ts';
import type {RoleDefinition} from './role.ts';
import {storage} from './storage.ts';
import {web} from './web.ts';

/** Every role once, in the order of the nodes. A pool comes last: the identities of nodes before it do not depend on its size. */
const all = [storage, director, web] as const;

export type Role = (typeof all)[number]['id'];

export const roles: ReadonlyArray<RoleDefinition<Role>> = all;

export const roleIds: readonly Role[] = roles.map(({id}) => id);

/** Roles whose nodes are on the internal network alone. */
export const innerRoles: readonly Role[] = roles
	.filter(({networks}) => !networks.includes('external'))
	.map(({id}) => id);

const byId = new Map(roles.map(role => [role.id, role]));

export function definitionOf(role: Role): RoleDefinition<Role> {
	return byId.get(role)!;
}
