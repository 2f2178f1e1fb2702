/** Whether this process is the one inside the sandbox. */
export function isInside(): boolean {
	return process.env['CLUSTER_WIZARD_INSIDE'] !== undefined;
}

/** Id of the run that the process outside has started. */
export function outerRun(): string | undefined {
	return process.env['CLUSTER_WIZARD_INSIDE'] || undefined;
}

/** When the process outside started, in milliseconds since 1970. */
export function outerStart(): number | undefined {
	return Number(process.env['CLUSTER_WIZARD_STARTED']) || undefined;
}
