package io.gemoclap.providers;

import java.util.List;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.runners.flink.FlinkBatchPortablePipelineTranslator;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.fnexecution.provisioning.JobInfo;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PortablePipelineOptions;
import org.apache.beam.sdk.util.construction.Environments;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.apache.beam.sdk.util.construction.SdkComponents;
import org.apache.beam.sdk.util.construction.graph.GreedyPipelineFuser;
import org.apache.beam.sdk.util.construction.graph.ProtoOverrides;
import org.apache.beam.sdk.util.construction.graph.SplittableParDoExpander;
import org.apache.beam.sdk.util.construction.graph.TrivialNativeTransformExpander;

/**
 * Beam's portable runner for bounded pipelines on a Flink inside this JVM, as {@code
 * FlinkPipelineRunner} composes it. That class needs the job server, which is not in our
 * repositories. Every step runs in an SDK worker outside of this JVM, over Beam's Fn API.
 */
final class PortableFlink {
  private PortableFlink() {}

  /** A pipeline whose own steps run in a worker pool, as those of the expansion service do. */
  static Pipeline pipeline(String workers) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(1);
    options.setJobName("portable");
    PortablePipelineOptions portable = options.as(PortablePipelineOptions.class);
    portable.setDefaultEnvironmentType(Environments.ENVIRONMENT_EXTERNAL);
    portable.setDefaultEnvironmentConfig(workers);
    portable.setFilesToStage(List.of());
    return Pipeline.create(options);
  }

  /** Runs it to its end. */
  static void run(Pipeline pipeline) throws Exception {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    RunnerApi.Pipeline proto =
        PipelineTranslation.toProto(pipeline, SdkComponents.create(options), false);
    proto =
        ProtoOverrides.updateTransform(
            PTransformTranslation.PAR_DO_TRANSFORM_URN,
            inWorkerPools(proto),
            SplittableParDoExpander.createSizedReplacement());
    FlinkBatchPortablePipelineTranslator translator =
        FlinkBatchPortablePipelineTranslator.createTranslator();
    proto = TrivialNativeTransformExpander.forKnownUrns(proto, translator.knownUrns());
    proto = GreedyPipelineFuser.fuse(proto).toPipeline();
    JobInfo job =
        JobInfo.create("job", "portable", "token", PipelineOptionsTranslation.toProto(options));
    translator
        .translate(translator.createTranslationContext(job, options, null, List.of()), proto)
        .execute("portable");
  }

  /** The expansion service offers several kinds of workers; Flink takes one. */
  private static RunnerApi.Pipeline inWorkerPools(RunnerApi.Pipeline proto) {
    RunnerApi.Pipeline.Builder pools = proto.toBuilder();
    proto
        .getComponents()
        .getEnvironmentsMap()
        .forEach(
            (id, environment) ->
                pools
                    .getComponentsBuilder()
                    .putEnvironments(
                        id,
                        Environments.expandAnyOfEnvironments(environment).stream()
                            .filter(each -> each.getUrn().equals("beam:env:external:v1"))
                            .findFirst()
                            .orElseThrow()));
    return pools.build();
  }
}
