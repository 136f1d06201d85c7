package io.gemoclap.cli.adapt;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.adapt.AdaptSettings;
import io.gemoclap.training.adapt.Adaptation;
import io.gemoclap.training.adapt.AdaptedLabels;
import io.gemoclap.training.adapt.Clip;
import io.gemoclap.training.adapt.Judgement.Outcome;
import io.gemoclap.training.adapt.LearningCurve;
import io.gemoclap.training.adapt.LearningCurve.Row;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.transfer.LabelsInCommon;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap adapt-study}. */
@Command(
    name = "adapt-study",
    description = {
      "Measures what labels are worth: adapts a model to clips of some speakers of a labelled"
          + " corpus, and judges it on all clips of the other speakers.",
      "The corpus is normalised as one archive."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class AdaptStudyCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "<model>", description = "URI of a model bundle.")
  private String model = Bundles.BUNDLED;

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "<corpus>",
      description = "<kind>:<folder or file>; kinds: " + Corpus.KINDS + ".")
  private String corpus;

  @Option(
      names = "--speakers",
      split = ",",
      description = "Use these speakers of the corpus only, such as those unknown to the model.")
  private Set<String> speakers = Set.of();

  @Option(
      names = "--ignore-speakers",
      description = "Normalise the corpus as if it did not say who speaks.")
  private boolean ignoreSpeakers;

  @Option(
      names = "--degrade",
      split = ",",
      paramLabel = "<degradation>",
      description =
          "Degrade all utterances first, in this order, such as room-harsh,telephone-harsh.")
  private List<String> degradations = List.of();

  @Option(names = "--also", description = "Judge adapted models on the corpus as recorded, too.")
  private boolean also;

  @Option(names = "--labelled-speakers", description = "Number of speakers who are labelled.")
  private int labelledSpeakers = 3;

  @Option(names = "--clips", split = ",", description = "Numbers of labelled clips.")
  private List<Integer> clips = List.of(20, 50, 100, 200);

  @Option(names = "--draws", description = "Number of draws of speakers and clips.")
  private int draws = 5;

  @Option(names = "--part", description = "Weights that move: ${COMPLETION-CANDIDATES}.")
  private AdaptSettings.Part part = AdaptSettings.defaults().part();

  @Option(names = "--steps", description = "Steps of an adaptation.")
  private int steps = AdaptSettings.defaults().steps();

  @Option(names = "--learning-rate", description = "Learning rate of the first step.")
  private double learningRate = AdaptSettings.defaults().learningRate();

  @Option(
      names = "--exemplar-weight",
      description = "Weight of the examples of the training data against the clips; 0 for none.")
  private double exemplarWeight = AdaptSettings.defaults().exemplarWeight();

  @Option(names = "--keep-weight", description = "Weight of the distance from the parent.")
  private double keepWeight = AdaptSettings.defaults().keepWeight();

  @Option(
      names = "--output",
      paramLabel = "<file>",
      description = "File for one JSON row an adaptation.")
  private Path output;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Override
  public Integer call() throws IOException {
    PipelineOptions options = Runs.optionsInProcess(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    Corpus read = only(WrongUsageException.ifRefused(() -> Corpus.inspect(corpus)));
    ModelBundle bundle = Bundles.open(Bundles.resolve(model));
    TorchEngine.startInBackground();
    LabelsInCommon common =
        WrongUsageException.ifRefused(
            () -> LabelsInCommon.of(bundle.manifest().labels(), read, Synonyms.common()));
    AdaptedLabels labels = AdaptedLabels.of(common.labels(), Synonyms.common());
    LabelledClips labelled = clips(read, labels, bundle, degraded(), options);
    labelled.report().forEach(System.out::println);
    List<Clip> asRecorded =
        also ? clips(read, labels, bundle, List.of(), options).clips() : List.of();
    AdaptSettings settings =
        new AdaptSettings(
            part, steps, learningRate, exemplarWeight, keepWeight, AdaptSettings.defaults().seed());
    List<Row> rows = new ArrayList<>();
    try (Adaptation adaptation = new Adaptation(bundle, labels, settings)) {
      LearningCurve curve = new LearningCurve(adaptation, labelled.clips(), asRecorded);
      WrongUsageException.ifRefused(
          () -> {
            curve.run(labelledSpeakers, clips, draws, rows::add);
            return null;
          });
    }
    if (output != null) {
      JsonLines.writeRows(output.toAbsolutePath(), rows);
    }
    print(rows);
    return 0;
  }

  private Corpus only(Corpus read) {
    if (speakers.isEmpty()) {
      return read;
    }
    return new Corpus(
        read.name(),
        read.labels(),
        read.utterances().stream().filter(u -> speakers.contains(u.speaker())).toList());
  }

  private List<Degradation> degraded() {
    return degradations.stream()
        .map(
            id ->
                WrongUsageException.ifRefused(
                    () -> Degradation.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'))))
        .toList();
  }

  private LabelledClips clips(
      Corpus read,
      AdaptedLabels labels,
      ModelBundle bundle,
      List<Degradation> degraded,
      PipelineOptions options)
      throws IOException {
    return new CorpusClips(read, !ignoreSpeakers)
        .clips(labels, bundle.manifest(), null, degraded, options);
  }

  private void print(List<Row> rows) {
    String line = "%6s %6s %11s %11s %14s %11s %11s %8s %11s %12s %12s%n";
    System.out.printf(
        Locale.ROOT,
        line,
        "labels",
        "draws",
        "UAR before",
        "UAR after",
        "gain",
        "ECE before",
        "ECE after",
        "adapted",
        "confidence",
        "UAR written",
        "ECE written");
    TreeMap<Integer, List<Row>> byLabels = new TreeMap<>();
    rows.forEach(row -> byLabels.computeIfAbsent(row.labels(), n -> new ArrayList<>()).add(row));
    byLabels.forEach(
        (labels, of) -> {
          double gain = mean(of, row -> row.after().uar() - row.before().uar());
          double deviation =
              Math.sqrt(
                  mean(of, r -> Math.pow(r.after().uar() - r.before().uar() - gain, 2))
                      * of.size()
                      / Math.max(1, of.size() - 1));
          System.out.printf(
              Locale.ROOT,
              line,
              labels,
              of.size(),
              percent(mean(of, row -> row.before().uar())),
              percent(mean(of, row -> row.after().uar())),
              String.format(Locale.ROOT, "%+.1f ± %.1f", 100 * gain, 100 * deviation),
              percent(mean(of, row -> row.before().ece())),
              percent(mean(of, row -> row.after().ece())),
              count(of, Outcome.ADAPTED),
              count(of, Outcome.CONFIDENCE),
              percent(mean(of, row -> row.written().uar())),
              percent(mean(of, row -> row.written().ece())));
          if (also) {
            System.out.printf(
                Locale.ROOT,
                "       as recorded: UAR %.1f before, %.1f after%n",
                100 * mean(of, row -> row.alsoBefore().uar()),
                100 * mean(of, row -> row.alsoAfter().uar()));
          }
        });
  }

  private static long count(List<Row> rows, Outcome outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).count();
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> figure) {
    return rows.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
