/**
 * Whether one of our folders may have this path. ssh ends a configuration line at a line break and expands `${NAME}`
 * (ssh_config(5), IdentityFile), and neither can be escaped; control characters would affect the terminal.
 */
export function isUsablePath(path: string): boolean {
	return !/[\u0000-\u001F\u007F]|\$\{/.test(path);
}

/** Whether VM disks may be stored there: virt-install 4.1 escapes these characters twice in XML attributes. */
export function isUsableForDisks(path: string): boolean {
	return isUsablePath(path) && !/[&<>"']/.test(path);
}
