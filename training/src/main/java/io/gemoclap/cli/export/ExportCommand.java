package io.gemoclap.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.cli.archive.EmptyFolder;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.OpeningOptions;
import io.gemoclap.cli.options.SynonymsOption;
import io.gemoclap.export.AudioCopies;
import io.gemoclap.export.CorpusFormat;
import io.gemoclap.export.CorrectionUse;
import io.gemoclap.export.ExportCorpus;
import io.gemoclap.export.clip.ClipFormat;
import io.gemoclap.export.clip.ClipSettings;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.turns.EmotionTurns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap export}. */
@Command(
    name = "export",
    description = {
      "Exports results as a corpus for other tools, or as files with emotion turns for each"
          + " recording.",
      "Reads the results of 'gemoclap annotate', the labels that people gave with 'gemoclap"
          + " review', and, where clips are cut, the recordings. You can add options of Beam and its"
          + " runners."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:the job failed",
      "2:wrong usage; nothing was done",
      "3:the job ran, but the corpus has no segment"
    },
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "<results>",
      description = "Output folder of 'gemoclap annotate' or 'gemoclap rescore'.")
  private String results;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<format>",
      description =
          "parquet, audiofolder or webdataset (Hugging Face), lhotse, nemo, audformat, csv"
              + " (gemoclap train); for each recording rttm, textgrid, audacity, webvtt or elan.")
  private CorpusFormat format;

  @Option(
      names = "--output",
      paramLabel = "<folder>",
      description = "Folder for the corpus. Default: export-<format> in the results.")
  private String output;

  @Option(
      names = "--audio",
      paramLabel = "<where>",
      description =
          "embed (clips are cut), link (rows name recordings, with start and end) or none. Default:"
              + " embed for parquet, audiofolder and webdataset, otherwise link.")
  private AudioCopies audio;

  @Option(
      names = "--clip-format",
      paramLabel = "<format>",
      defaultValue = "flac",
      description = "flac or wav. Default: flac.")
  private ClipFormat clipFormat;

  @Option(
      names = "--sample-rate",
      paramLabel = "<Hz>",
      defaultValue = "16000",
      description = "Rate of clips, 8000 to 192000. Default: 16000.")
  private int sampleRate;

  @Mixin private final FilterOptions filter = new FilterOptions();

  @Option(
      names = "--use-corrections",
      paramLabel = "<how>",
      defaultValue = "preferred",
      description =
          "preferred (labels that people gave replace the model's), only (segments with such labels"
              + " only) or ignored. Default: preferred.")
  private CorrectionUse use;

  @Option(
      names = "--corrections",
      split = ",",
      paramLabel = "<file>",
      description =
          "Files of 'gemoclap review', of several people if need be. Default: all"
              + " corrections*.jsonl in the results.")
  private List<Path> corrections = List.of();

  @Mixin private final SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--hours",
      paramLabel = "<h>",
      description = "Most hours that the corpus may have, chosen at random. Default: all.")
  private Double hours;

  @Option(names = "--balance", description = "Take as many hours of each label as of the rarest.")
  private boolean balance;

  @Option(
      names = "--splits",
      split = ",",
      paramLabel = "<split>=<share>",
      description =
          "Such as train=0.8,validation=0.1,test=0.1. No recording and no speaker of the metadata"
              + " is in two splits. Default: train=1.")
  private Map<String, Double> splits;

  @Option(
      names = "--shard-size",
      paramLabel = "<MiB>",
      defaultValue = "256",
      description = "About how large a shard with audio is. Default: 256.")
  private long shardSize;

  @Option(
      names = "--quality",
      description =
          "Measure signal-to-noise ratio, clipping, bandwidth, level and share of speech even if no"
              + " clips are cut.")
  private boolean quality;

  @Mixin private final FactOptions facts = new FactOptions();

  @Mixin private final OpeningOptions opening = new OpeningOptions();

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description = "Continue an export that was stopped, with the same settings.")
  private boolean resume;

  @Parameters(index = "1..*", arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (overwrite && resume) {
      throw new WrongUsageException("--overwrite and --resume cannot be used together");
    }
    Runs.requirePlain(results);
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    FinishedResults finished = FinishedResults.read(new ResultFolder(results));
    ResultFolder target = new ResultFolder(output == null ? results + "/export-" + format : output);
    Runs.requirePlain(target.uri());
    EmptyFolder.requireApart(target, finished.folder());
    Map<String, String> labels =
        use == CorrectionUse.IGNORED
            ? Map.of()
            : CorrectedLabels.of(finished, corrections, synonyms.synonyms());
    AnnotateJob job = AnnotateJob.of(finished.folder());
    Pipeline pipeline =
        WrongUsageException.ifRefused(() -> pipeline(options, export(target, job), labels));
    ExportFolder folder = new ExportFolder(target);
    PrintWriter out = spec.commandLine().getOut();
    if (folder.prepare(settings(finished, labels), resume, overwrite)) {
      out.println("The corpus in '" + target + "' is finished; nothing is left to do.");
      return print(folder, out);
    }
    Runs.run(pipeline, Progress.ofExport(System.err, finished.segments()));
    folder.clean();
    return print(folder, out);
  }

  private Pipeline pipeline(
      PipelineOptions options, ExportCorpus export, Map<String, String> labels) {
    Pipeline pipeline = Pipeline.create(options);
    if (!labels.isEmpty() || use == CorrectionUse.ONLY) {
      export =
          export.withCorrections(
              pipeline
                  .apply(
                      "Corrections",
                      Create.of(
                              labels.entrySet().stream()
                                  .map(entry -> KV.of(entry.getKey(), entry.getValue()))
                                  .toList())
                          .withCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of())))
                  .apply("CorrectionsBySegment", View.asMap()),
              use);
    }
    pipeline.apply("ReadAnnotations", ReadAnnotations.from(results)).apply("ExportCorpus", export);
    return pipeline;
  }

  private ExportCorpus export(ResultFolder target, AnnotateJob job) {
    ExportCorpus export =
        ExportCorpus.to(target.uri(), format)
            .withClips(
                ClipSettings.defaults()
                    .withFormat(clipFormat)
                    .withSampleRate(sampleRate)
                    .withChannels(job.channels())
                    .withStream(job.stream())
                    .withIsolation(opening.isolation())
                    .withAllowedRoots(opening.allowedRoots()))
            .withFilter(filter.filter())
            .withClassBalance(balance)
            .withShardBytes(shardSize << 20)
            .withQuality(quality)
            .withFacts(facts.facts());
    if (job.abstainBelow().isPresent()) {
      export =
          export.withTurns(
              EmotionTurns.create().withAbstainBelow(job.abstainBelow().getAsDouble()));
    }
    export = audio == null ? export : export.withAudio(audio);
    export = hours == null ? export : export.withMostHours(hours);
    return splits == null ? export : export.withSplits(splits);
  }

  /** Every option that decides the corpus, with its value, and the results that it is made of. */
  private Map<String, String> settings(FinishedResults finished, Map<String, String> labels) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("results", finished.folder().uri());
    settings.put("model", finished.modelId());
    settings.put("segments", Long.toString(finished.segments()));
    settings.put("seconds", finished.summary().path("audio_seconds").asText());
    settings.put("emotions", finished.summary().path("emotions").toString());
    settings.put("corrected labels", Integer.toHexString(new TreeMap<>(labels).hashCode()));
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      if (!option.usageHelp()
          && !option.versionHelp()
          && !EXECUTION.contains(name)
          && option.getValue() != null) {
        Object value = option.getValue();
        settings.put(name, String.valueOf(value));
      }
    }
    return settings;
  }

  /** Options that decide how the export is carried out, and not what is in it. */
  private static final List<String> EXECUTION =
      List.of("--output", "--overwrite", "--resume", "--decoder", "--allowed-roots");

  private int print(ExportFolder folder, PrintWriter out) throws IOException {
    JsonNode report = folder.report();
    boolean hours = report.path("given").path("seconds").asDouble() >= 3600;
    double unit = hours ? 3600 : 60;
    out.printf(Locale.ROOT, "%-46s %9s %9s%n", "", "segments", hours ? "hours" : "minutes");
    row(out, "in the results", report.path("given"), unit);
    report
        .path("dropped")
        .fields()
        .forEachRemaining(d -> row(out, "dropped: " + d.getKey(), d.getValue(), unit));
    JsonNode written = report.path("splits");
    written
        .fields()
        .forEachRemaining(s -> row(out, "in the corpus: " + s.getKey(), s.getValue(), unit));
    for (String split : splits == null ? List.<String>of() : splits.keySet()) {
      if (!written.has(split)) {
        out.println(
            "The split '"
                + split
                + "' is empty: there are too few recordings without a common speaker.");
      }
    }
    out.println("Corpus: " + folder.folder());
    if (report.path("taken").path("segments").asLong() == 0) {
      throw new UnsuccessfulException(
          "Unsuccessful: the corpus has no segment. README.md in '%s' gives the reasons"
              .formatted(folder.folder()));
    }
    return 0;
  }

  private static void row(PrintWriter out, String name, JsonNode amount, double unit) {
    out.printf(
        Locale.ROOT,
        "%-46s %9d %9.2f%n",
        name,
        amount.path("segments").asLong(),
        amount.path("seconds").asDouble() / unit);
  }
}
