import type {ContentCheck} from '../answers/check-choices.ts';
import {contentMessages} from './messages.ts';
import type {ContentOwner} from '../state/as-owner.ts';
import {withoutControls} from './names.ts';
import {scanSite, type Site} from './site.ts';

/**
 * Returns a check of the folder of the user's own pages, made with the owner's rights: whether it is readable and fits
 * on the array.
 * @param onSite called with the contents of a readable folder
 */
export function contentCheck(owner: ContentOwner, onSite: (site: Site) => void = () => {}): ContentCheck {
	return (folder, room) => {
		const site = scanSite(folder, owner);
		if ('problem' in site) {
			return site.problem;
		}

		onSite(site);
		const size = Math.ceil(site.size / 2 ** 20);
		return size <= room ? undefined : contentMessages.tooLarge(withoutControls(folder), size, room);
	};
}
