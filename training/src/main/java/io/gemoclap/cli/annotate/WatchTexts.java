package io.gemoclap.cli.annotate;

import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.census.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text of a file whenever it is new or has changed, without end. The input is read as {@link
 * Census} reads it: a path that exists is literal. The file may appear later. Event time is when
 * the change was found.
 */
final class WatchTexts extends PTransform<PBegin, PCollection<String>> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchTexts.class);
  private static final Duration LOOK_INTERVAL = Duration.standardSeconds(5);
  private static final long serialVersionUID = 1L;

  private final String input;

  private WatchTexts(String input) {
    this.input = input;
  }

  /** Looks every five seconds. */
  static WatchTexts of(String input) {
    return new WatchTexts(input);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Tick", GenerateSequence.from(0).withRate(1, LOOK_INTERVAL))
        .apply("Input", WithKeys.of(input))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
        .apply("ReadChanged", changedTexts());
  }

  /** Looks at the input at each tick, and emits the texts that it has not emitted before. */
  static ParDo.SingleOutput<KV<String, Long>, String> changedTexts() {
    return ParDo.of(new ChangedTextsFn());
  }

  private static final class ChangedTextsFn extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    /** What is known of each file, by its name: its stamp, or why it cannot be read. */
    @StateId("known")
    private final StateSpec<MapState<String, String>> knownState =
        StateSpecs.map(StringUtf8Coder.of(), StringUtf8Coder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Long> tick,
        @StateId("known") MapState<String, String> known,
        OutputReceiver<String> out)
        throws IOException {
      for (CensusEntry entry : Census.of(tick.getKey()).entries()) {
        try {
          StoredFile file = StoredFile.of(entry.name());
          String state = entry.isFile() ? file.stamp() : entry.problem().orElseThrow();
          if (state.equals(known.get(entry.name()).read())) {
            continue;
          }
          if (entry.isFile()) {
            out.output(text(file));
          } else {
            LOG.warn("{}: {}", entry.name(), state);
          }
          known.put(entry.name(), state);
        } catch (FileNotFoundException | NoSuchFileException e) {
          // Somebody has removed it since; the next look finds its successor.
        }
      }
    }

    private static String text(StoredFile file) throws IOException {
      try (InputStream in = Channels.newInputStream(file.open())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
