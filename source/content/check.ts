import type {ContentCheck} from '../answers/check-choices.ts';
import {contentMessages} from './messages.ts';
import type {ContentOwner} from '../state/as-owner.ts';
import {withoutControls} from './names.ts';
import {scanSite, type Site} from './site.ts';

/**
 * Looks at the folder of the user's own pages with the owner's rights: whether it can be read, and fits.
 * @param onSite is given what was found in a folder that can be read
 */
export function contentCheck(owner: ContentOwner, onSite: (site: Site) => void = () => {}): ContentCheck {
	return (folder, room) => {
		const site = scanSite(folder, owner);
		if ('problem' in site) {
			return site.problem;
		}

		onSite(site);
		const size = Math.ceil(site.size / (2 ** 20));
		return size <= room ? undefined : contentMessages.tooLarge(withoutControls(folder), size, room);
	};
}
