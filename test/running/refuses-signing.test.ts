import { testRefusals } from "./refusals";
import { SIGNING_VARIANTS } from "./variants-signing";

testRefusals(SIGNING_VARIANTS);
