import {describeBridges} from './describe-bridges.ts';

describeBridges('netplan');
