import type {StatusRow} from '../measure/status.ts';
import type {Text} from './text.ts';

/** Words of `status`. */
export const statusMessages: {kinds: Record<StatusRow['kind'], Text>; columns: Record<string, Text>; yes: Text; no: Text} = {
	kinds: {
		'node': {en: 'Machines', es: 'Máquinas'},
		'director': {en: 'Directors (Pacemaker)', es: 'Directores (Pacemaker)'},
		'resource': {en: 'Resources', es: 'Recursos'},
		'vip': {en: 'Floating addresses', es: 'Direcciones flotantes'},
		'real-server': {en: 'Who serves (IPVS)', es: 'Quién sirve (IPVS)'},
		'array': {en: 'Array', es: 'RAID'},
		'export': {en: 'NFS exports', es: 'Exportaciones NFS'},
	},
	columns: {
		name: {en: 'Name', es: 'Nombre'},
		role: {en: 'Role', es: 'Papel'},
		machine: {en: 'Machine', es: 'Máquina'},
		addresses: {en: 'Addresses', es: 'Direcciones'},
		reachable: {en: 'Answers', es: 'Responde'},
		online: {en: 'Online', es: 'En línea'},
		standby: {en: 'Standby', es: 'En espera'},
		agent: {en: 'Agent', es: 'Agente'},
		state: {en: 'State', es: 'Estado'},
		node: {en: 'Node', es: 'Nodo'},
		failed: {en: 'Failed', es: 'Fallido'},
		address: {en: 'Address', es: 'Dirección'},
		nodes: {en: 'Held by', es: 'La tiene'},
		service: {en: 'Service', es: 'Servicio'},
		weight: {en: 'Weight', es: 'Peso'},
		active: {en: 'Active', es: 'Activas'},
		inactive: {en: 'Ended', es: 'Acabadas'},
		director: {en: 'Director', es: 'Director'},
		level: {en: 'Level', es: 'Nivel'},
		members: {en: 'Members', es: 'Miembros'},
		path: {en: 'Path', es: 'Ruta'},
		clients: {en: 'Clients', es: 'Clientes'},
	},
	yes: {en: 'yes', es: 'sí'},
	no: {en: 'no', es: 'no'},
};
