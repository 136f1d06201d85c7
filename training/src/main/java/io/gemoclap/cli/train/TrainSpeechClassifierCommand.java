package io.gemoclap.cli.train;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.speech.SpeechNetwork;
import io.gemoclap.training.speech.HeldOutSources;
import io.gemoclap.training.speech.NetworkTrainer;
import io.gemoclap.training.speech.Rejections;
import io.gemoclap.training.speech.SpeechClip;
import io.gemoclap.training.speech.SpeechClips;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gemoclap train-speech-classifier}. */
@Command(
    name = "train-speech-classifier",
    description = {
      "Trains the classifier that tells speech from music, noise and other sounds.",
      "A tool for those who develop this library: the build contains the result. Each folder has"
          + " a folder of recordings for each source, such as a speaker or a package of music."
          + " oracle/speech-classifier-data.py makes such folders."
    },
    mixinStandardHelpOptions = true,
    hidden = true,
    showDefaultValues = true,
    sortOptions = false)
public final class TrainSpeechClassifierCommand implements Callable<Integer> {
  @Option(names = "--speech", required = true, description = "Folder of speech.")
  private Path speech;

  @Option(names = "--other", required = true, description = "Folder of other sounds.")
  private Path other;

  @Option(names = "--test-speech", description = "Folder of speech of other sources, for a table.")
  private Path testSpeech;

  @Option(names = "--test-other", description = "Folder of other sounds of other sources.")
  private Path testOther;

  @Option(names = "--output", required = true, description = "JSON file for the network.")
  private Path output;

  @Option(
      names = "--threshold",
      defaultValue = "" + DecodeAudio.SPEECH_THRESHOLD,
      description = "Speech probability below which a clip counts as rejected in the tables.")
  private double threshold;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the training.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<SpeechClip> training = new ArrayList<>(SpeechClips.read(speech, true));
    training.addAll(SpeechClips.read(other, false));
    out.println("Sources held out in turn, of " + training.size() + " clips:");
    for (HeldOutSources.Point each : HeldOutSources.curve(training, seed)) {
      out.printf(
          Locale.ROOT,
          "threshold %.2f: %5.2f %% of speech lost, %5.1f %% of other sounds rejected%n",
          each.threshold(),
          100 * each.lost(),
          100 * each.rejected());
    }
    SpeechNetwork network = NetworkTrainer.fit(training, seed);
    Files.writeString(output, network.toJson());
    out.println("Network: " + output);
    print("Speech lost", testSpeech, true, network, out);
    print("Other sounds rejected", testOther, false, network, out);
    out.flush();
    return 0;
  }

  private void print(
      String title, Path folder, boolean isSpeech, SpeechNetwork network, PrintWriter out)
      throws IOException {
    if (folder != null) {
      out.printf(Locale.ROOT, "%n%s below %s:%n", title, threshold);
      Rejections.count(SpeechClips.read(folder, isSpeech), network, threshold)
          .forEach(out::println);
    }
  }
}
