import { eightDevices } from "./eight-devices.ts";
import { oneDevice } from "./one-device.ts";
import type { TrainingSize } from "./training-size.ts";

export const trainingSizes: readonly TrainingSize[] = [eightDevices, oneDevice];
