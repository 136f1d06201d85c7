package io.gemoclap.cli.annotate;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.archive.AnnotationTable;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.MaxFailures;
import io.gemoclap.cli.archive.PartFile;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.EmbeddedFlink;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.DecodingOptions;
import io.gemoclap.cli.options.EmbeddingOptions;
import io.gemoclap.cli.options.FormatOption;
import io.gemoclap.cli.options.NormalizeOption;
import io.gemoclap.cli.options.ScoringOptions;
import io.gemoclap.cli.options.SegmentOption;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.score.EmotionPrompts;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.turns.EmotionTurn;
import io.gemoclap.turns.EmotionTurns;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap annotate}. */
@Command(
    name = "annotate",
    description = {
      "Annotates the speech in recordings with emotions.",
      "Flink runs the job inside this process, on all processors. You can add options of Beam"
          + " and its runners, such as --parallelism=1 or --flinkMaster=<host>:<port>."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:the job failed",
      "2:wrong usage; nothing was done",
      "3:the job ran, but more recordings failed than --max-failures allows"
    },
    sortOptions = false)
public final class AnnotateCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      description =
          "A folder, a file, a pattern such as 'archive/**.mp3', a manifest (.csv, .jsonl with path"
              + " and optionally start_s, end_s, speaker), or kafka:<topic>.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<output>",
      description =
          "Folder for the results. For continuous input also kafka:<topic>, or one of each.")
  private List<String> outputs;

  @Mixin private final ArchiveOptions archive = new ArchiveOptions();

  @Option(
      names = "--model",
      description = "URI of a model bundle. Default: bundled, the model inside this program.")
  private String model = Bundles.BUNDLED;

  @Option(
      names = "--segment",
      description =
          "vad, whole or fixed:<length_s>/<hop_s>. Default: the manifest's start_s and end_s if it"
              + " has them, otherwise vad. With --segments, for recordings without segments, which"
              + " fail by default.")
  private String segment;

  @Mixin private final SegmentsOptions segments = new SegmentsOptions();

  @Option(
      names = "--channels",
      defaultValue = "mix",
      description = "mix (mean of the channels, default) or split.")
  private String channels;

  @Mixin private final DecodingOptions decoding = new DecodingOptions();

  @Option(
      names = "--normalize",
      defaultValue = "auto",
      description =
          "Levels whose statistics standardise the features, besides the training corpus: "
              + NormalizeOption.VALUES
              + ". Default: auto.")
  private Normalization normalize;

  @Mixin private final FormatOption format = new FormatOption();

  @Mixin private final ScoringOptions scoring = new ScoringOptions();

  @Option(
      names = "--embeddings",
      description = "Also write embeddings-*.parquet, for search and for other labels later.")
  private boolean embeddings;

  @Option(
      names = "--features",
      description = "Also write features-*.parquet, for adaptation and for other models later.")
  private boolean features;

  @Option(
      names = "--turns",
      description =
          "Also write turns-*.jsonl: consecutive segments of a speaker merged into stretches that"
              + " sound the same.")
  private boolean turns;

  @Mixin private final EmbeddingOptions embedding = new EmbeddingOptions();

  @Mixin private final StreamingOptions live = new StreamingOptions();

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Override
  public Integer call() throws IOException {
    outputs.stream().filter(o -> !o.startsWith(StreamingOptions.KAFKA)).forEach(Runs::requirePlain);
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    return live.isLive(input) ? annotateLive(options) : annotateAll(options);
  }

  /** Runs until it is stopped, or fails. */
  private int annotateLive(PipelineOptions options) throws IOException {
    archive.requireUnused();
    segments.requireUnused();
    if (embeddings || features) {
      throw new WrongUsageException(
          "--embeddings and --features cannot be used with kafka:<topic> or --watch");
    }
    EmbeddedFlink.stream(options, beamOptions);
    AnnotateSpeech annotate = annotate(segmenter(false));
    Pipeline pipeline = Pipeline.create(options);
    new StreamingAnnotation(pipeline, live, decoding.allowedRoots())
        .build(
            input,
            annotate,
            format.formats(),
            turns ? turns(scoring.abstainBelow()) : null,
            outputs);
    Runs.run(pipeline, new Progress(System.err, 0));
    return 0;
  }

  private int annotateAll(PipelineOptions options) throws IOException {
    StreamingOptions.requireUnused(spec.commandLine().getParseResult());
    if (outputs.size() > 1 || outputs.get(0).startsWith(StreamingOptions.KAFKA)) {
      throw new WrongUsageException("--output is one folder, unless the input is live");
    }
    String output = outputs.get(0);
    segments.check();
    requireSegmentsOutside(output);
    GivenSegments.Result given = given(Inputs.of(input, output));
    Inputs inputs = given.inputs();
    given.messages().forEach(System.err::println);
    AnnotateSpeech annotate = annotate(segmenter(inputs.hasSpans()));
    WriteAnnotations write =
        WriteAnnotations.to(output)
            .withFormats(format.formats())
            .withModelId(annotate.bundle().id())
            .withNormalization(annotate.normalization());
    ArchiveRun run =
        new ArchiveRun(
            new ResultFolder(output), settings(inputs, annotate), inputs, annotate.normalization());
    if (archive.dryRun) {
      System.out.print(run.forecast(archive) + inputs.problems());
      return 0;
    }
    if (Runs.isInProcess(options)) {
      TorchEngine.startInBackground();
    }
    MaxFailures.Counts counts =
        run.run(
            archive,
            annotate.normalization().usesArchive() ? new ArchivePass(options, annotate) : null,
            (recordings, part, digests, statistics) ->
                pipeline(
                    options,
                    recordings,
                    given.failuresOf(recordings),
                    statistics == null ? annotate : annotate.withArchive(statistics),
                    (statistics == null ? write : write.withArchive(statistics))
                        .withPart(PartFile.number(part))
                        .withInputDigests(digests)));
    AnnotationTable.print(output, System.out);
    if (archive.maxFailures().isExceededBy(counts)) {
      throw new UnsuccessfulException(archive.maxFailures().sentence(counts));
    }
    return 0;
  }

  private Pipeline pipeline(
      PipelineOptions options,
      List<Recording> recordings,
      List<Failure> failures,
      AnnotateSpeech annotate,
      WriteAnnotations write) {
    Pipeline pipeline = Pipeline.create(options);
    AnnotateSpeech.Result result =
        Inputs.read(pipeline, recordings).apply("AnnotateSpeech", annotate);
    if (!failures.isEmpty()) {
      result = result.withFailures(pipeline.apply("GivenSegments", Create.of(failures)));
    }
    PCollectionTuple outputs = result.toTuple();
    if (embeddings) {
      outputs = outputs.and(WriteAnnotations.EMBEDDINGS, result.embeddings());
    }
    if (features) {
      outputs = outputs.and(WriteAnnotations.FEATURES, result.features());
    }
    if (turns) {
      PCollection<EmotionTurn> merged =
          result.scores().apply("EmotionTurns", turns(abstainBelow(annotate)));
      outputs = outputs.and(WriteAnnotations.TURNS, merged);
    }
    outputs.apply("WriteAnnotations", write);
    return pipeline;
  }

  /** What decides the rows of an output folder; reads the input and the bundle's manifest. */
  JobSettings settings() throws IOException {
    Inputs inputs = given(Inputs.of(input, outputs.get(0))).inputs();
    return settings(inputs, annotate(segmenter(inputs.hasSpans())));
  }

  /** Options that only decide how a job is carried out, such as --decoder, are not among them. */
  private JobSettings settings(Inputs inputs, AnnotateSpeech annotate) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("--model", annotate.bundle().id());
    scoring.describe(values);
    boolean spans = segments.given() || inputs.hasSpans();
    values.put("--segment", segment == null ? spans ? "spans" : "vad" : segment);
    segments.putInto(values);
    values.put("--channels", channels);
    values.put("--stream", decoding.stream().toString());
    if (decoding.speechThreshold() > 0) {
      // Folders of earlier versions, which had no such option, continue with 0.
      values.put("--speech-threshold", Double.toString(decoding.speechThreshold()));
    }
    values.put("--normalize", annotate.normalization().toString());
    format.describe(values);
    values.put("--abstain-below", Double.toString(abstainBelow(annotate)));
    values.put("--embeddings", Boolean.toString(embeddings));
    if (features) {
      // Folders of earlier versions had no such option.
      values.put("--features", "true");
    }
    if (turns) {
      // Nor this one.
      values.put("--turns", "true");
    }
    values.put("--precision", embedding.precision().name());
    return new JobSettings(values);
  }

  /** The least confidence that is certain, of segments and of turns. */
  private double abstainBelow(AnnotateSpeech annotate) {
    Double given = scoring.abstainBelow();
    return given == null ? Bundles.manifest(annotate.bundle()).abstainBelow() : given;
  }

  private static EmotionTurns turns(@Nullable Double abstainBelow) {
    EmotionTurns turns = EmotionTurns.create();
    return abstainBelow == null ? turns : turns.withAbstainBelow(abstainBelow);
  }

  private AnnotateSpeech annotate(Segmenter segmenter) throws IOException {
    AnnotateSpeech annotate =
        NormalizeOption.apply(AnnotateSpeech.with(model), normalize)
            .withDecoding(
                decoding.configure(
                    DecodeAudio.recordings().withSegmenter(segmenter).withChannels(channelMode())))
            .withEmbedding(embedding::configure);
    try {
      ScoreEmotions scored = scoring.configure(ScoreEmotions.with(annotate.bundle()));
      annotate = annotate.withScoring(score -> scored);
      EmotionPrompts unused = annotate.prompts();
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
    ModelBundle unused = Bundles.open(annotate.bundle());
    return annotate;
  }

  private GivenSegments.Result given(Inputs inputs) throws IOException {
    return segments.given()
        ? GivenSegments.of(segments, inputs, segment != null)
        : GivenSegments.Result.without(inputs);
  }

  /** People's segments must not be deleted. */
  private void requireSegmentsOutside(String output) {
    if (archive.overwrite && segments.given() && segments.path() != null) {
      if (Inputs.isBelow(segments.path(), output)) {
        throw new WrongUsageException(
            "The output folder '" + output + "' holds --segments, which --overwrite would delete");
      }
    }
  }

  private Segmenter segmenter(boolean hasSpans) {
    if (segment != null) {
      Segmenter chosen = SegmentOption.parse(segment);
      return segments.given() ? Segmenter.spansOr(chosen) : chosen;
    }
    if (segments.given()) {
      return Segmenter.spans();
    }
    return hasSpans ? Segmenter.spansOr(Segmenter.voiceActivity()) : Segmenter.voiceActivity();
  }

  private ChannelMode channelMode() {
    return switch (channels) {
      case "mix" -> ChannelMode.MIX;
      case "split" -> ChannelMode.SPLIT;
      default ->
          throw new WrongUsageException("--channels must be mix or split, not '" + channels + "'");
    };
  }
}
