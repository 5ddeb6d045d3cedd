import { testRefusals } from "./refusals";
import { ACCESS_VARIANTS } from "./variants-access";

testRefusals(ACCESS_VARIANTS);
