/** Seconds of a duration such as `5s` or `10min`. The schema has checked its form. */
export function seconds(duration: string): number {
	const amount = Number.parseInt(duration, 10);
	return duration.endsWith('min') ? amount * 60 : amount;
}

/** MiB of a size such as `512M` or `10G`. The schema has checked its form. */
export function mebibytes(size: string): number {
	const amount = Number.parseInt(size, 10);
	return size.endsWith('G') ? amount * 1024 : amount;
}

/** A size as one writes it: 512 is `512M`, 2048 is `2G`. */
export function formatSize(mebibytes: number): string {
	return mebibytes % 1024 === 0 ? `${mebibytes / 1024}G` : `${mebibytes}M`;
}
