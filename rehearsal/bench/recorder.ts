import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import { isProperties, type Properties, type Value } from "../clouds/wire";

/** A resource as a program registered it. */
export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly version: string;
  readonly parent: string;
  /** URNs of the resources that it waits for. */
  readonly dependencies: readonly string[];
  /** As they are sent to the engine: a preview does not know all of them. */
  readonly inputs: Properties;
}

type Answer = (error: Error | null, reply?: { getUrn(): string }) => void;

interface Monitor {
  registerResource(request: RegisterResourceRequest, answer: Answer): unknown;
}

/** Records what one run of a program registers, and when that starts. Providers do not count. */
export class Recorder {
  /** In the order of the engine's answers: a resource follows those that it waits for. */
  readonly resources: Registered[] = [];
  /** Seconds from the program's start to its first resource. */
  secondsBefore = 0;

  /** The program, recorded. */
  program(program: PulumiFn): PulumiFn {
    return async () => {
      const started = performance.now();
      const monitor = getMonitor() as unknown as Monitor;
      const { registerResource } = monitor;
      monitor.registerResource = (request, answer) => {
        const type = request.getType();
        if (type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) {
          return registerResource.call(monitor, request, answer);
        }
        this.secondsBefore ||= (performance.now() - started) / 1000;
        return registerResource.call(monitor, request, (error, reply) => {
          if (reply) this.resources.push(describe(request, reply.getUrn()));
          answer(error, reply);
        });
      };
      return program();
    };
  }
}

function describe(request: RegisterResourceRequest, urn: string): Registered {
  const inputs = request.getObject()?.toJavaScript() as Value;
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    version: request.getVersion(),
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    inputs: isProperties(inputs) ? inputs : {},
  };
}
