import { bootstrap } from "countersign/bootstrap";

// What the workflows of `npm run ci` log in to Azure with.
export = bootstrap;
