/** Whether this process is the part of the program that lives in the sandbox. */
export function isInside(): boolean {
	return process.env['CLUSTER_WIZARD_INSIDE'] !== undefined;
}

/** The run that the part outside has begun. */
export function outerRun(): string | undefined {
	return process.env['CLUSTER_WIZARD_INSIDE'] || undefined;
}

/** When the part outside began, in milliseconds since 1970. */
export function outerStart(): number | undefined {
	return Number(process.env['CLUSTER_WIZARD_STARTED']) || undefined;
}
