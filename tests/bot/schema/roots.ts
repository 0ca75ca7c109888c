// The shapes that the desk gives to Slack, for make.py; their parts are Slack's own types.
import type { HomeView, KnownBlock, ModalView } from '../../peers/node_modules/@slack/types';
import type { Manifest } from '../../peers/node_modules/@slack/web-api/dist/types/request/manifest';

export type App = Manifest;
export type Message = { text: string; blocks?: KnownBlock[] };
export type Modal = ModalView;
export type Home = HomeView;
