import { describeStore } from "../../test/support/store-contract.ts";
import { openLanceStore } from "./index.ts";

describeStore("LanceDB", openLanceStore);
