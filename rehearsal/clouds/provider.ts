import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { configurationChanges, configurationFaults } from "./configuration";
import { Instances } from "./instances";
import { type Operations, operations } from "./operations";
import type { ProviderTable, Traffic } from "./table";
import { decode, encode } from "./wire";

/** A provider that listens on loopback until it is stopped. */
export interface RunningProvider {
  readonly name: string;
  readonly port: number;
  stop(): void;
}

type Handler<Q, A> = (
  call: { readonly request: Q; getPeer(): string },
  answer: (error: Error | null, reply?: A) => void,
) => void;

/** Serves a table over Pulumi's provider protocol. PULUMI_DEBUG_PROVIDERS attaches it. */
export async function serve(table: ProviderTable, traffic: Traffic): Promise<RunningProvider> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 64 * 1024 * 1024 });
  server.addService(
    ResourceProviderService as never,
    implementation(table, operations(table, traffic), traffic) as never,
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { name: table.name, port, stop: () => server.forceShutdown() };
}

function implementation(
  table: ProviderTable,
  ops: Operations,
  traffic: Traffic,
): Record<string, Handler<never, unknown>> {
  const instances = new Instances();
  /** What each instance serves, where the configuration decides it. */
  const configured = new Map<string, Operations>();
  const of = (peer: string) => configured.get(peer) ?? ops;
  return {
    attach: reply(() => new Empty()),
    cancel: reply(() => new Empty()),
    getPluginInfo: reply(() => {
      const info = new PluginInfo();
      info.setVersion(table.version);
      return info;
    }),
    checkConfig: reply((q: proto.CheckRequest) => {
      const answer = new proto.CheckResponse();
      answer.setInputs(q.getNews());
      const faults = configurationFaults(table, urn(q).name, decode(q.getNews()));
      answer.setFailuresList(faults.map((reason) => failure({ property: "", reason })));
      return answer;
    }),
    diffConfig: reply((q: proto.DiffRequest) =>
      difference(configurationChanges(decode(q.getOldInputs()), decode(q.getNews()))),
    ),
    configure: reply((q: proto.ConfigureRequest, peer) => {
      const configuration = decode(q.getArgs());
      instances.configure(peer, table.parallel?.(configuration) ?? true);
      if (table.configured) {
        configured.set(peer, operations(table.configured(configuration), traffic));
      }
      const answer = new proto.ConfigureResponse();
      answer.setAcceptsecrets(true);
      answer.setAcceptresources(true);
      answer.setSupportspreview(true);
      return answer;
    }),
    check: reply((q: proto.CheckRequest, peer) => {
      const [news, olds] = [decode(q.getNews()), decode(q.getOlds())];
      const { inputs, faults } = of(peer).check(urn(q), news, olds);
      const answer = new proto.CheckResponse();
      answer.setInputs(encode(inputs));
      answer.setFailuresList(faults.map(failure));
      return answer;
    }),
    diff: reply((q: proto.DiffRequest, peer) => {
      const { changed, replaces, deleteBeforeReplace } = of(peer).diff(
        urn(q),
        decode(q.getOldInputs()),
        decode(q.getNews()),
        decode(q.getOlds()),
      );
      const answer = difference(changed, replaces);
      answer.setDeletebeforereplace(deleteBeforeReplace ?? false);
      return answer;
    }),
    create: reply(async (q: proto.CreateRequest, peer) => {
      const made = await of(peer).create(urn(q), decode(q.getProperties()), q.getPreview());
      const answer = new proto.CreateResponse();
      answer.setId(made.id);
      answer.setProperties(encode(made.outputs));
      return answer;
    }),
    read: reply((q: proto.ReadRequest, peer) => {
      const [inputs, before] = [decode(q.getInputs()), decode(q.getProperties())];
      const seen = of(peer).read(urn(q), q.getId(), inputs, before);
      const answer = new proto.ReadResponse();
      if (!seen) return answer;
      answer.setId(q.getId());
      answer.setProperties(encode(seen.outputs));
      answer.setInputs(encode(seen.inputs));
      return answer;
    }),
    update: reply(async (q: proto.UpdateRequest, peer) => {
      const [news, before] = [decode(q.getNews()), decode(q.getOlds())];
      const outputs = await of(peer).update(urn(q), q.getId(), news, before, q.getPreview());
      const answer = new proto.UpdateResponse();
      answer.setProperties(encode(outputs));
      return answer;
    }),
    delete: reply(async (q: proto.DeleteRequest, peer) => {
      await of(peer).delete(urn(q), q.getId(), decode(q.getProperties()));
      return new Empty();
    }),
    invoke: reply(async (q: proto.InvokeRequest, peer) => {
      const work = () => of(peer).invoke(q.getTok(), decode(q.getArgs() as Struct));
      const { readDelayMs = 0 } = traffic;
      const result = ops.isRead(q.getTok())
        ? await instances.answer(peer, readDelayMs, work)
        : work();
      const answer = new proto.InvokeResponse();
      answer.setReturn(encode(result));
      return answer;
    }),
  };
}

function reply<Q, A>(work: (request: Q, peer: string) => A | Promise<A>): Handler<Q, A> {
  return (call, answer) => {
    Promise.resolve()
      .then(() => work(call.request, call.getPeer()))
      .then(
        (result) => answer(null, result),
        (error) => answer(error instanceof Error ? error : new Error(String(error))),
      );
  };
}

function urn(request: { getUrn(): string }): { type: string; name: string } {
  const [, , types, name] = request.getUrn().split("::");
  return { type: types?.split("$").at(-1) ?? "", name: name ?? "" };
}

function difference(changed: readonly string[], replaces: readonly string[] = []) {
  const answer = new proto.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  answer.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  answer.setDiffsList([...changed]);
  answer.setReplacesList([...replaces]);
  return answer;
}

function failure({ property, reason }: { property: string; reason: string }): proto.CheckFailure {
  const found = new proto.CheckFailure();
  found.setProperty(property);
  found.setReason(reason);
  return found;
}
