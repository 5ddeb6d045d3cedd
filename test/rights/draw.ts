import { writeFileSync } from "node:fs";
import { drawing } from "./drawing";

// `npm run pictures` writes the picture of the README.
drawing().then((svg) => writeFileSync("docs/trust.svg", svg));
