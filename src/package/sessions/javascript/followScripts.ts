import { callOutside } from './calls.js';
import { ScriptFlow, type LibraryCall, type ScriptSource } from './dataFlow.js';
import { moduleExports, type ModuleExports } from './moduleExports.js';
import type { SessionMethods } from './sources.js';
import type { Script } from './syntax.js';
import { handedToToolkit } from './toolkit.js';
import { Work } from './work.js';

/** Steps for the scripts of one component: about a second for the largest. */
const MAX_WORK = 4_000_000;

/**
 * Follows session ids through the scripts of one component, without regard to the order of statements: what may flow
 * somewhere is taken to flow there. What is not followed ends as an unknown use. `controllers`: the classes that the
 * markup of an Aura component names, in lower case. `addresses`: what a template binds to an address. Throws `TooMuchWork` past the bound.
 */
export function followScripts(
  scripts: readonly Script[],
  sessionMethods: SessionMethods,
  controllers: readonly string[],
  work = new Work(MAX_WORK),
  addresses: readonly string[] = []
): ScriptSource[] {
  const handed = sessionMethods.size === 0 ? handedToToolkit(scripts) : undefined;
  const flow = new ScriptFlow(handed ?? scripts, sessionMethods, controllers, work, callOutside);
  flow.run();
  flow.useAddresses(addresses);
  return flow.results();
}

/** The calls of libraries in one script, with the values that they get. Throws `TooMuchWork` past the bound. */
export function libraryCalls(script: Script): readonly LibraryCall[] {
  return flowOf(script).calls;
}

/** What one script exports to others. Throws `TooMuchWork` past the bound. */
export function exportsOfScript(script: Script): ModuleExports {
  return moduleExports(flowOf(script), script);
}

function flowOf(script: Script): ScriptFlow {
  const flow = new ScriptFlow([script], new Set(), [], new Work(MAX_WORK), callOutside, true);
  flow.run();
  return flow;
}
