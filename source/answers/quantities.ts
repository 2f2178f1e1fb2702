/** Converts a size such as `512M` or `10G` to MiB. The schema has validated it. */
export function parseMebibytes(size: string): number {
	const amount = Number.parseInt(size, 10);
	return size.endsWith('G') ? amount * 1024 : amount;
}

/** Formats a size in MiB: 512 as `512M`, 2048 as `2G`. */
export function formatSize(mebibytes: number): string {
	return mebibytes % 1024 === 0 ? `${mebibytes / 1024}G` : `${mebibytes}M`;
}
