package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Outcome;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.kafka.PublishAnnotations;
import io.gemoclap.kafka.ReadRecordings;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Records that hold audio come from the topic {@code calls}; annotations go to {@code emotions} and
 * what failed to {@code emotions-failures}, with the keys, headers and event times of the records.
 * Runs on Flink inside this process, with a checkpoint every ten seconds, until it is stopped.
 *
 * <pre>{@code
 * examples/run E07FromKafkaToKafka localhost:9092 calls emotions
 * }</pre>
 */
public final class E07FromKafkaToKafka {
  private E07FromKafkaToKafka() {}

  /** Takes the brokers and the topics of input and output. */
  public static void main(String[] args) throws IOException {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setStreaming(true);
    options.setCheckpointingInterval(10_000L);
    Pipeline pipeline = Pipeline.create(options);
    KafkaConnection kafka = KafkaConnection.to(args[0]);
    Outcome<Recording> read = pipeline.apply(ReadRecordings.from(kafka, args[1]));
    annotate(read).apply(PublishAnnotations.to(kafka, args[2]));
    pipeline.run().waitUntilFinish();
  }

  static PCollectionTuple annotate(Outcome<Recording> read) throws IOException {
    AnnotateSpeech.Result result =
        read.results().apply(AnnotateSpeech.with(Bundles.BUNDLED).withSummaries(false));
    return PCollectionTuple.of(WriteAnnotations.SCORES, result.scores())
        .and(
            WriteAnnotations.FAILURES,
            PCollectionList.of(result.failures())
                .and(read.failures())
                .apply("AllFailures", Flatten.pCollections()));
  }
}
