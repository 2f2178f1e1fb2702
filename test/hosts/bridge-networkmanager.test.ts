import {describeBridges} from './describe-bridges.ts';

describeBridges('networkmanager');
