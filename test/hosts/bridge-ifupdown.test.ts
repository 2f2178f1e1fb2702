import {describeBridges} from './describe-bridges.ts';

describeBridges('ifupdown');
