/**
 * Whether a folder of ours may have this path. ssh ends a line of its configuration at a line break and puts a variable
 * in for `${NAME}` (ssh_config(5), IdentityFile), and it has no way to write either; a terminal obeys control characters.
 */
export function isUsablePath(path: string): boolean {
	return !/[\u0000-\u001F\u007F]|\$\{/.test(path);
}

/** Whether disks may lie there: virt-install 4.1 writes these characters into attributes escaped twice. */
export function isUsableForDisks(path: string): boolean {
	return isUsablePath(path) && !/[&<>"']/.test(path);
}
