import {expect, test} from 'vitest';
import {reasonText} from '../../source/engine/reasons.ts';
import {reasonOf} from '../../source/engine/unit-events.ts';
import {accelerationKnown} from '../../source/tasks/acceleration.ts';
import {link} from '../../source/tasks/link.ts';
import {unpacked} from '../../source/tasks/unpacked.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const own = {kind: 'own', archive: '', digest: 'd', size: 0} as const;

/** Not where a cluster of this machine would be. */
const {paths, ...rest} = testCluster();
const elsewhere = {...rest, paths: {...paths, state: '/nowhere'}};

test.each([
	['acceleration', accelerationKnown(elsewhere), 'aún no se ha comprobado'],
	['a link', link('/nowhere/a', '/nowhere/b').check, '/nowhere/a: no lleva a ningún sitio'],
	['pages', unpacked('/nowhere/pages', own, both('a')).check, '/nowhere/pages: sin desempaquetar'],
])('a check says why it does not hold, in Spanish as well: %s', (_, check, spanish) => {
	// A cluster of this computer's has been looked at.
	const {code, output} = runWith(check, {files: {[`${testCluster().paths.state}/acceleration`]: ''}});
	expect(reasonOf({code, lines: output.split('\n')}, 'es')).toBe(spanish);
	expect(reasonOf({code, lines: output.split('\n')}, 'en')).toBe(output);
});

test('resources that are missing, with where they are instead', () => {
	expect(reasonText('of 3 resources started on standby: 1; missing: ldirectord1, ip-external (master)').es).toBe(
		'recursos arrancados en standby: 1 de 3; faltan: ldirectord1, ip-external (master)',
	);
	expect(reasonText('not only on standby: ip-internal (master)').es).toBe('no solo en standby: ip-internal (master)');
});

test('a sandbox that was never made, and the words of another program', () => {
	expect(reasonText('the sandbox is not there').es).toBe('el entorno aislado no existe');
	expect(reasonText('the packet filter cuts off machines on kvmbr0: inet filter forward: policy drop').es).toBe(
		'el filtro de paquetes deja incomunicadas a las máquinas de kvmbr0: inet filter forward: policy drop',
	);
	expect(
		reasonText(
			'debian-archive-keyring 2021.1.1ubuntu2 is older than the keys that Debian is signed with (2021.1.1+deb11u1 has them): packages for the machines could not be verified',
		).es,
	).toBe(
		'debian-archive-keyring 2021.1.1ubuntu2 es anterior a las claves con las que se firma Debian (las tiene la versión 2021.1.1+deb11u1): no se podrían verificar los paquetes de las máquinas',
	);
	expect(reasonText('apt knows no package ubuntu-keyring: packages for the machines could not be verified').es).toBe(
		'apt no conoce el paquete ubuntu-keyring: no se podrían verificar los paquetes de las máquinas',
	);
	expect(reasonText('E: Unable to locate package x')).toMatchObject({
		en: 'E: Unable to locate package x',
		es: 'E: Unable to locate package x',
	});
});
