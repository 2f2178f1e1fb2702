import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {packageRoot} from '../assets.ts';
import {trustedModule} from '../trusted-program.ts';
import {cleanLine} from '../text/clean.ts';
import {stateName, type DomainReader} from './libvirt.ts';

/** The part of `@unraid/libvirt` that this module uses. The package has no events, and its errors have no code. */
interface Binding {
	readonly Hypervisor: new (options: {uri: string}) => {
		connectOpen(): Promise<unknown>;
		connectClose(): Promise<unknown>;
		/** Throws when the daemon has died, whereas the package's other list function silently returns an empty list. */
		connectListAllDomains(): Promise<
			ReadonlyArray<{
				getName(): Promise<string> | string;
				getState?(): Promise<unknown>;
				getInfo(): Promise<{state: number}>;
			}>
		>;
	};
}

/** An optional peer dependency: its installation needs a compiler and libvirt's headers, which a fresh host lacks. */
const packageName = '@unraid/libvirt';

/**
 * Creates a reader that uses the binding. Undefined if the binding is not installed, root cannot trust it
 * (`trustedModule`), it was not compiled, or it cannot connect.
 * @param root package whose `node_modules` contains the binding
 */
export async function libvirtBinding(uri: string, root: string = packageRoot): Promise<DomainReader | undefined> {
	try {
		const folder = trustedModule(packageName, root);
		if (folder === undefined) {
			return undefined;
		}

		// No plain import: neither the bundler nor Node's search in parent folders may resolve this module.
		const {Hypervisor} = (await import(pathToFileURL(createRequire(folder).resolve(folder)).href)) as Binding;
		// The constructor throws if the native part is missing.
		const hypervisor = new Hypervisor({uri});
		await hypervisor.connectOpen();
		return {
			name: packageName,
			async read() {
				const domains = await hypervisor.connectListAllDomains();
				return new Map(
					await Promise.all(
						domains.map(
							async domain => [cleanLine(await domain.getName()), stateName((await domain.getInfo()).state)] as const,
						),
					),
				);
			},
			close() {
				void hypervisor.connectClose().catch(() => {});
			},
		};
	} catch {
		return undefined;
	}
}
