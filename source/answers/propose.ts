import {thesisProposal, type Proposal} from './complete.ts';
import type {HostFacts} from './host-facts.ts';

export function proposalFor(facts: HostFacts, sandbox: boolean): Proposal {
	return sandbox ? thesisProposal : {...thesisProposal, external: 'nat'};
}
