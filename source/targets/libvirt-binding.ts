import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {packageRoot} from '../assets.ts';
import {trustedModule} from '../trusted-program.ts';
import {cleanLine} from '../text/clean.ts';
import {stateName, type MachineReader} from './libvirt.ts';

/** As much of `@unraid/libvirt` as is used: reading. It has no events, and its errors carry no code. */
interface Binding {
	readonly Hypervisor: new (options: {uri: string}) => {
		connectOpen(): Promise<unknown>;
		connectClose(): Promise<unknown>;
		/** The other list gives nothing, in silence, when the daemon has died; this one throws. */
		connectListAllDomains(): Promise<ReadonlyArray<{getName(): Promise<string> | string; getState?(): Promise<unknown>; getInfo(): Promise<{state: number}>}>>;
	};
}

/** An optional peer: it needs a compiler and libvirt's headers, which a fresh host lacks. */
const packageName = '@unraid/libvirt';

/**
 * A reader by way of the binding; undefined where it is not installed, root cannot trust it (`trustedModule`), it was not
 * compiled or it cannot connect.
 * @param root the package in whose `node_modules` it is
 */
export async function libvirtBinding(uri: string, root: string = packageRoot): Promise<MachineReader | undefined> {
	try {
		const folder = trustedModule(packageName, root);
		if (folder === undefined) {
			return undefined;
		}

		// Not a plain import: the bundle must not look for it, and neither must Node in the folders above.
		const {Hypervisor} = await import(pathToFileURL(createRequire(folder).resolve(folder)).href) as Binding;
		// Constructing is the first thing that fails when its native part is missing.
		const hypervisor = new Hypervisor({uri});
		await hypervisor.connectOpen();
		return {
			name: packageName,
			async read() {
				const domains = await hypervisor.connectListAllDomains();
				return new Map(await Promise.all(domains.map(async domain => [cleanLine(await domain.getName()), stateName((await domain.getInfo()).state)] as const)));
			},
			close() {
				void hypervisor.connectClose().catch(() => {});
			},
		};
	} catch {
		return undefined;
	}
}
