import type { TestProject } from "vitest/node";
import { preparePython } from "../support/python-environment.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of Python's programs, or nothing where there is no Python. */
    pythonPrograms: string | null;
  }
}

/** Runs once, before all tests of services. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("pythonPrograms", (await preparePython()) ?? null);
}
