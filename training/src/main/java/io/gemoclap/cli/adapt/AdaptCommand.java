package io.gemoclap.cli.adapt;

import static io.gemoclap.cli.adapt.LabelledClips.count;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.census.LocalNames;
import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.cli.options.SynonymsOption;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.score.Labels;
import io.gemoclap.training.adapt.AdaptSettings;
import io.gemoclap.training.adapt.Adaptation;
import io.gemoclap.training.adapt.AdaptedLabels;
import io.gemoclap.training.adapt.Clip;
import io.gemoclap.training.adapt.Judgement;
import io.gemoclap.training.adapt.Judgement.Outcome;
import io.gemoclap.training.corpus.Corpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap adapt}. */
@Command(
    name = "adapt",
    description = {
      "Adapts a model to an archive by clips that people have labelled.",
      "Judges adapted models by cross-validation over speakers or recordings. Writes the"
          + " adapted model if it recognises clearly more, or is clearly more honest (log loss)"
          + " without recognising less; otherwise the same model with another temperature, if that"
          + " makes confidence clearly better. The labelled clips' recordings are decoded again, in"
          + " this process."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:done",
      "1:it failed",
      "2:wrong usage; nothing was done",
      "3:neither model would be better; nothing was written"
    },
    sortOptions = false)
public final class AdaptCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "<model>",
      description =
          "URI of the model bundle to adapt. Default: bundled, the model inside this program.")
  private String model = Bundles.BUNDLED;

  @Option(
      names = "--results",
      paramLabel = "<results>",
      description =
          "Folder of gemoclap annotate with the corrected segments. With a corpus, only its archive"
              + " statistics are used, and it may be left out.")
  private String results;

  @Option(
      names = "--corrections",
      split = ",",
      paramLabel = "<file or corpus>",
      description =
          "Files of gemoclap review, of several people if need be, or a labelled corpus as"
              + " <kind>:<folder or file>; kinds: "
              + Corpus.KINDS
              + ". Default: all corrections*.jsonl in the results.")
  private List<String> corrections = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "<bundle>",
      description = "Local folder for the adapted bundle.")
  private Path output;

  @Option(names = "--overwrite", description = "Empty the output folder before it is written.")
  private boolean overwrite;

  @Option(
      names = "--labels",
      description =
          "Labels of the adapted model, such as angry,calm,hold music. Default: the model's."
              + " Answers with other labels are not used.")
  private String labels;

  @Mixin private final SynonymsOption synonyms = new SynonymsOption();

  @Option(
      names = "--ignore-speakers",
      description =
          "Take the utterances of a corpus as if it did not say who speaks. For cross-validation,"
              + " speakers count all the same.")
  private boolean ignoreSpeakers;

  @Option(
      names = "--force",
      description = "Write the adapted model even if it is not better, or cannot be judged.")
  private boolean force;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PipelineOptions options = Runs.optionsInProcess(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    requireFree();
    ModelBundle parent = Bundles.open(Bundles.resolve(model));
    AdaptedLabels adapted = WrongUsageException.ifRefused(() -> labels(parent.manifest()));
    TorchEngine.startInBackground();
    LabelledClips labelled = clips(adapted, parent, options);
    labelled.report().forEach(out::println);
    tellUnknown(labelled.unknownLabels(), adapted);
    requireSeveralLabels(labelled.clips());
    try (Adaptation adaptation = new Adaptation(parent, adapted, AdaptSettings.defaults())) {
      tellExemplars(adaptation, parent, labelled.clips());
      print(labelled.clips(), out);
      Judgement judgement = adaptation.judge(labelled.clips());
      JudgementTable.print(judgement, out);
      boolean confidence = isConfidenceOnly(judgement);
      OutputFolder.prepare(output, overwrite);
      ModelBundle bundle =
          confidence
              ? adaptation.writeConfidence(output, labelled.clips(), judgement)
              : adaptation.write(output, labelled.clips(), judgement);
      out.printf(
          Locale.ROOT,
          "%s: %s, id %s%n",
          confidence ? "Model with the same weights and another temperature" : "Adapted model",
          output,
          bundle.id());
    }
    return 0;
  }

  /** Before any work: nothing may be in the way. Deletes nothing yet. */
  private void requireFree() throws IOException {
    if (results != null) {
      OutputFolder.requireApart(output, Path.of(results));
    }
    if (LocalNames.isLocal(model) && Files.exists(Path.of(model))) {
      OutputFolder.requireApart(output, Path.of(model));
    }
    if (!overwrite) {
      OutputFolder.prepare(output, false);
    } else if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new WrongUsageException("The output '" + output + "' is a file, not a folder");
    }
  }

  private AdaptedLabels labels(ModelManifest manifest) {
    return AdaptedLabels.of(
        labels == null ? manifest.labels() : Labels.parse(labels).labels(), synonyms.synonyms());
  }

  private LabelledClips clips(AdaptedLabels adapted, ModelBundle parent, PipelineOptions options)
      throws IOException {
    AnnotatedFolder folder = results == null ? null : AnnotatedFolder.open(results);
    if (corrections.stream().anyMatch(AdaptCommand::isCorpus)) {
      return corpusClips(adapted, parent, folder, options);
    }
    if (folder == null) {
      throw new WrongUsageException(
          "--results is missing: the folder of gemoclap annotate whose segments were corrected."
              + " Only a corpus, as in --corrections=csv:labelled.csv, does without");
    }
    if (!folder.results().modelId().equals(parent.id())) {
      out()
          .printf(
              Locale.ROOT,
              "'%s' was annotated with the model %s, not with %s: answers are used, and the parent is"
                  + " judged anew%n",
              results,
              folder.results().modelId(),
              parent.id());
    }
    List<Path> files = corrections.isEmpty() ? ownFiles(folder) : given();
    return new CorrectedSegments(folder, Corrections.read(files, adapted.synonyms()::meaning))
        .clips(adapted, parent.manifest(), options);
  }

  private List<Path> given() {
    List<Path> files = corrections.stream().map(Path::of).toList();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new WrongUsageException("There is no file of corrections '" + file + "'");
      }
    }
    return files;
  }

  /** The files that gemoclap review leaves in a folder of results. */
  private List<Path> ownFiles(AnnotatedFolder folder) throws IOException {
    List<Path> files = folder.results().corrections();
    if (files.isEmpty()) {
      throw new WrongUsageException(
          "'"
              + results
              + "' holds no corrections*.jsonl: correct it with gemoclap review, or name a file"
              + " with --corrections");
    }
    return files;
  }

  private LabelledClips corpusClips(
      AdaptedLabels adapted, ModelBundle parent, AnnotatedFolder folder, PipelineOptions options)
      throws IOException {
    if (corrections.size() > 1) {
      throw new WrongUsageException("--corrections is one corpus, or files of gemoclap review");
    }
    Corpus corpus = WrongUsageException.ifRefused(() -> Corpus.inspect(corrections.get(0)));
    ArchiveStatistics archive =
        folder == null ? null : folder.archive(parent.manifest().featureSpec());
    return new CorpusClips(corpus, !ignoreSpeakers)
        .clips(adapted, parent.manifest(), archive, List.of(), options);
  }

  /** Whether a value names a corpus: a file may have a colon in its name, but exists. */
  private static boolean isCorpus(String value) {
    return Stream.of(Corpus.KINDS.split(", ", -1)).anyMatch(kind -> value.startsWith(kind + ":"))
        && !Files.exists(Path.of(value));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void tellUnknown(Map<String, Integer> unknown, AdaptedLabels adapted) {
    if (unknown.isEmpty()) {
      return;
    }
    String counts =
        unknown.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + ")")
            .collect(Collectors.joining(", "));
    out()
        .printf(
            Locale.ROOT,
            "Not used, since the model lacks these labels: %s. To add them: --labels=%s%n",
            counts,
            Stream.concat(adapted.labels().stream(), unknown.keySet().stream())
                .collect(Collectors.joining(",")));
  }

  private static void requireSeveralLabels(List<Clip> clips) {
    List<String> labels = clips.stream().map(Clip::label).distinct().toList();
    if (labels.size() < 2) {
      throw new WrongUsageException(
          labels.isEmpty()
              ? "There is no labelled clip to adapt to"
              : "All %s have the label %s: label clips that sound otherwise too"
                  .formatted(count(clips.size(), "clip"), labels.get(0)));
    }
  }

  private void tellExemplars(Adaptation adaptation, ModelBundle parent, List<Clip> clips) {
    if (adaptation.exemplars() == 0) {
      out()
          .printf(
              Locale.ROOT,
              "The model %s keeps no examples of its training data, so nothing prevents that it"
                  + " forgets other speech. gemoclap train writes them: train the model again to get"
                  + " them%n",
              parent.id());
    }
    int known = adaptation.known(clips);
    if (known > 0) {
      out()
          .printf(
              Locale.ROOT,
              "The model %s was adapted to %s of these clips already, so the scores are too good."
                  + " Adapt the original model to all corrections%n",
              parent.id(),
              known);
    }
  }

  private static void print(List<Clip> clips, PrintWriter out) {
    Map<String, Integer> counts = new TreeMap<>();
    clips.forEach(clip -> counts.merge(clip.label(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((label, number) -> words.add(number + " " + label));
    long groups = clips.stream().map(Clip::group).distinct().count();
    out.printf(
        Locale.ROOT,
        "Adapting to %s of %s: %s%n",
        count(clips.size(), "clip"),
        groups == 1 ? "1 speaker or recording" : groups + " speakers or recordings",
        String.join(", ", words));
  }

  /** Tells what is better and why, and ends if nothing is to be written. */
  private boolean isConfidenceOnly(Judgement judgement) {
    String reason = JudgementTable.reason(judgement);
    Outcome outcome = judgement.outcome();
    if (outcome == Outcome.ADAPTED || (outcome == Outcome.CONFIDENCE && !force)) {
      out().println(reason);
      return outcome == Outcome.CONFIDENCE;
    }
    if (!force) {
      throw new UnsuccessfulException(
          reason
              + ". Nothing was written. Label more clips, of more speakers or recordings, or write"
              + " it anyway with --force");
    }
    out().println(reason + ". The adapted model is written because of --force");
    return false;
  }
}
