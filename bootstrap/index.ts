import { bootstrap } from "./program";

export = bootstrap;
