package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;

/**
 * Messages that hold the encoded audio itself, as a queue delivers them: windowed, with metadata
 * that every result carries, one set of files a minute. {@code main} makes one message of a file;
 * {@code KafkaIO.read()} takes its place in production.
 *
 * <pre>{@code
 * examples/run E06BytesFromAQueue examples/samples/german-male-44k.m4a /tmp/queue
 * }</pre>
 */
public final class E06BytesFromAQueue {
  private E06BytesFromAQueue() {}

  /** Takes a file and the output folder. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline.apply(oneMessage(Path.of(args[0]))), args[1]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(PCollection<KV<String, byte[]>> messages, String output)
      throws IOException {
    AnnotateSpeech.Result result =
        messages
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(
                MapElements.into(TypeDescriptor.of(Recording.class))
                    .via(
                        message ->
                            Recording.bytes(message.getKey(), message.getValue())
                                .withMetadata(Map.of("queue", "calls"))))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED));
    result.toTuple().apply(WriteAnnotations.to(output));
  }

  private static Create.Values<KV<String, byte[]>> oneMessage(Path file) throws IOException {
    return Create.of(KV.of(file.getFileName().toString(), Files.readAllBytes(file)))
        .withCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  }
}
