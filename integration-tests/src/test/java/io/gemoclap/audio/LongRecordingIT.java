package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.decode.EncodedAudio;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long recording in sections gives what it gives as one. */
final class LongRecordingIT {
  private static final int RATE = 4_000;
  private static final int SECONDS = 21 * 60 + 7;

  private static final DecodeAudio DECODE =
      DecodeAudio.recordings().withChannels(ChannelMode.SPLIT).withSampleRate(RATE);

  @TempDir private static Path folder;
  private static Path wave;
  private static Path flac;

  /** What the pipelines of this JVM gave, by kind. */
  private static final Map<String, ConcurrentLinkedQueue<String>> SEEN = new ConcurrentHashMap<>();

  @BeforeAll
  static void makeRecordings() throws IOException {
    FfmpegNatives.require();
    Random random = new Random(1);
    float[] samples = new float[SECONDS * RATE];
    for (int i = 0; i < samples.length; i++) {
      double t = i / (double) RATE;
      // Syllables, with pauses at other places in each minute.
      double level = Math.sin(t / 7) * Math.sin(t / 1.7) > 0.6 ? 0.001 : Math.sin(8 * t);
      samples[i] = (float) (0.2 * level * level * random.nextGaussian());
    }
    wave = Files.write(folder.resolve("long.wav"), EncodedAudio.wave(RATE, samples));
    flac = Files.write(folder.resolve("long.flac"), EncodedAudio.flac(RATE, samples, samples));
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  private static void see(String kind, String value) {
    SEEN.computeIfAbsent(kind, any -> new ConcurrentLinkedQueue<>()).add(value);
  }

  private static List<String> seen(String kind) {
    List<String> all = new ArrayList<>(SEEN.getOrDefault(kind, new ConcurrentLinkedQueue<>()));
    Collections.sort(all);
    return all;
  }

  private static final class SeeFn<T> extends DoFn<T, Void> {
    private final String kind;

    SeeFn(String kind) {
      this.kind = kind;
    }

    @ProcessElement
    public void process(@Element T value) {
      see(
          kind,
          value instanceof SpeechSegment segment
              ? segment.ref() + " " + Arrays.hashCode(segment.samples())
              : value.toString());
    }
  }

  private static Pipeline pipeline(String... options) {
    return Pipeline.create(PipelineOptionsFactory.fromArgs(options).create());
  }

  private static PCollection<Recording> recordings(Pipeline pipeline, List<Recording> recordings) {
    return pipeline.apply(Create.of(recordings).withCoder(RecordingCoder.of()));
  }

  private static void watch(
      PCollection<SpeechSegment> segments,
      PCollection<DecodedRecording> decoded,
      PCollection<Failure> failures) {
    segments.apply("SeeSegments", ParDo.of(new SeeFn<>("segments")));
    decoded.apply("SeeRecordings", ParDo.of(new SeeFn<>("recordings")));
    failures.apply("SeeFailures", ParDo.of(new SeeFn<>("failures")));
  }

  private static void decode(List<Recording> recordings, DecodeAudio decode, String... options) {
    Pipeline pipeline = pipeline(options);
    DecodeAudio.Result result = recordings(pipeline, recordings).apply(decode);
    watch(result.segments(), result.recordings(), result.failures());
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  /** Decodes each recording as one. */
  private static void decodeWhole(List<Recording> recordings, DecodeAudio decode) {
    Pipeline pipeline = pipeline();
    SegmentStage<SpeechSegment> none = SegmentStage.none();
    PCollectionTuple result =
        recordings(pipeline, recordings)
            .apply(
                ParDo.of(new DecodeFn<>(decode, none, false))
                    .withOutputTags(
                        none.results(),
                        TupleTagList.of(DecodeWithStage.SPREAD)
                            .and(DecodeWithStage.RECORDINGS)
                            .and(DecodeWithStage.FAILURES)));
    watch(
        PCollectionList.of(result.get(DecodeWithStage.SPREAD))
            .and(result.get(none.results()))
            .apply("AllSegments", Flatten.pCollections()),
        result.get(DecodeWithStage.RECORDINGS),
        result.get(DecodeWithStage.FAILURES));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner",
        "--runner=FlinkRunner --flinkMaster=[local] --parallelism=2"
      })
  void sectionsGiveTheSegmentsAndTheRecordOfTheWhole(String options) {
    List<Recording> recordings =
        List.of(
            Recording.file(wave.toString()).withMetadata(Map.of("speaker", "a")),
            Recording.file(flac.toString()),
            // The same file twice, once under another name.
            Recording.file(flac.toString()),
            Recording.file(flac.toString()).withId("other"));
    decodeWhole(recordings, DECODE);
    List<String> segments = seen("segments");
    List<String> records = seen("recordings");
    forget();

    decode(recordings, DECODE, options.split(" "));

    assertEquals(segments, seen("segments"));
    assertEquals(records, seen("recordings"));
    assertEquals(List.of(), seen("failures"));
    assertEquals(4, records.size());
    assertTrue(segments.size() > 500, segments.size() + " segments");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void sectionsJudgeSpeechAsTheWholeDoes(double threshold) {
    DecodeAudio decode = DECODE.withSampleRate(16_000).withSpeechThreshold(threshold);
    List<Recording> recordings = List.of(Recording.file(wave.toString()));
    decodeWhole(recordings, decode);
    List<String> segments = seen("segments");
    List<String> records = seen("recordings");
    List<String> failures = seen("failures");
    forget();

    decode(recordings, decode);

    // The segments with their speech probabilities.
    assertEquals(segments, seen("segments"));
    assertEquals(records, seen("recordings"));
    assertEquals(failures, seen("failures"));
    int judged = threshold == 0 ? segments.size() : failures.size();
    assertTrue(judged > 50, judged + " segments");
    assertEquals(judged, segments.size() + failures.size());
  }

  /** Takes what a function emits. */
  private static final class Received implements DoFn.MultiOutputReceiver {
    private final List<Object> values = new ArrayList<>();

    @Override
    public <T> DoFn.OutputReceiver<T> get(TupleTag<T> tag) {
      return new DoFn.OutputReceiver<>() {
        @Override
        public void output(T value) {
          values.add(value);
        }

        @Override
        public OutputBuilder<T> builder(T value) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public <T> DoFn.OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aRecordingOfWhichSectionsFailHasTheFirstFailureAndNoRecord() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.wav"));
    SectionFn<SpeechSegment> decode = new SectionFn<>(DECODE, SegmentStage.none());
    decode.setup();
    List<KV<Recording, SectionResult>> results = new ArrayList<>();
    for (Path file : List.of(wave, empty, folder.resolve("gone.wav"))) {
      Received received = new Received();
      Recording recording = Recording.file(file.toString()).withId("recording");
      SectionEntry entry = new SectionEntry(results.size(), 3, 0, 0, new byte[0]);
      decode.process(KV.of(recording, entry), received);
      @SuppressWarnings("unchecked")
      KV<String, KV<Recording, SectionResult>> result =
          (KV<String, KV<Recording, SectionResult>>)
              received.values.get(received.values.size() - 1);
      results.add(result.getValue());
    }
    decode.teardown();
    assertEquals(FailureKind.UNREADABLE, results.get(2).getValue().kind());
    Received joined = new Received();
    Collections.reverse(results);
    new JoinSectionsFn().process(KV.of("recording", results), joined);
    assertEquals(1, joined.values.size());
    assertEquals(FailureKind.NO_AUDIO, ((Failure) joined.values.get(0)).kind());
  }

  @Test
  void aDamagedRecordingIsDecodedAsOne() throws IOException {
    byte[] damaged = Files.readAllBytes(flac);
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 20_000, (byte) 0x55);
    Path file = Files.write(folder.resolve("damaged.flac"), damaged);
    List<Recording> recordings = List.of(Recording.file(file.toString()));
    decodeWhole(recordings, DECODE);
    List<String> segments = seen("segments");
    List<String> records = seen("recordings");
    forget();
    decode(recordings, DECODE);
    assertEquals(segments, seen("segments"));
    assertEquals(records, seen("recordings"));
    assertTrue(records.get(0).contains("bad_packets"), records.toString());
  }

  private static final class CountFn extends DoFn<KV<Integer, Integer>, Void> {
    @ProcessElement
    public void process(@Element KV<Integer, Integer> element) {
      // Each worker of Flink has a thread.
      see("workers", Thread.currentThread().getName());
      see("elements", element.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void flinkGivesEachWorkerTheSameNumberOfSections(int workers) {
    Pipeline pipeline =
        pipeline("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=" + workers);
    List<KV<Integer, Integer>> sections = new ArrayList<>();
    for (int i = 100; i < 100 + 5 * workers; i++) {
      sections.add(KV.of(EvenKeys.of(i), i));
    }
    pipeline
        .apply(Create.of(sections).withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of())))
        .apply(Reshuffle.of())
        .apply(ParDo.of(new CountFn()));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
    Map<String, AtomicInteger> counts = new HashMap<>();
    seen("workers")
        .forEach(w -> counts.computeIfAbsent(w, x -> new AtomicInteger()).getAndIncrement());
    assertEquals(workers, counts.size());
    counts.values().forEach(count -> assertEquals(5, count.get()));
  }
}
