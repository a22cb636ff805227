/** On what a plan runs, and how weights are trained there. A size is data: a file here and a line in list.ts. */
export type TrainingSize = {
  name: string;
  about: string;
  devices: number;
  /** Of one device, in 10⁹ bytes. */
  deviceGigabytes: number;
  /** Low-rank adapters; all weights where left out. */
  lora?: { rank: number; alpha: number };
  /** Rollouts, or samples, that a device computes at once. */
  samplesAtOnce: number;
  /** Of a device's memory, what the generator of rollouts may hold while it generates. */
  generatorShare: number;
};
