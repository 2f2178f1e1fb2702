/** The first request to stop lets running commands be ended in order; the part outside a sandbox passes it on. */
export function stopController(): AbortController {
	const controller = new AbortController();
	const stop = () => {
		controller.abort();
	};

	process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop).on('message', message => {
		if (message === 'stop') {
			stop();
		}
	});
	// A part inside a sandbox does not outlive the part outside, nor does listening to it keep this process alive.
	process.once('disconnect', () => process.exit(137));
	process.channel?.unref();
	return controller;
}
