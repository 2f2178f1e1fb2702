import {siteSummary, formatBytes} from '../content/site-summary.ts';
import {stageSite} from '../content/stage.ts';
import {isStaged} from '../content/staged.ts';
import {UserError} from '../user-error.ts';
import {contentMessages} from '../content/messages.ts';
import {webRoot} from '../../steps/places.ts';
import type {Session} from '../session/session.ts';

/** Whether the folder of the user's own pages differs from what `up` last packed. */
export function isSiteNew({site, state}: Session): boolean {
	return site !== undefined && !isStaged(state.file('content'), site);
}

/** Lists what will be published and what is left out, before anything is published. */
export function showSite({site, language}: Session): void {
	if (site) {
		process.stderr.write(`${siteSummary(site, language).join('\n')}\n`);
	}
}

/**
 * Packs the user's own pages for the storage node, unless they are packed already.
 * @throws UserError if the folder cannot be read, or changes meanwhile
 */
export async function packSite(session: Session, signal: AbortSignal): Promise<void> {
	const {site, state, owner, language} = session;
	if (!site || !isSiteNew(session)) {
		return;
	}

	process.stderr.write(`${contentMessages.packing(formatBytes(site.size))[language]}\n`);
	const failure = await stageSite(site, {folder: state.file('content'), owner, webRoot, signal});
	if (failure) {
		throw new UserError('content-not-packed', failure.problem[language], signal.aborted ? 130 : undefined);
	}
}
