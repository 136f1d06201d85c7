package io.gemoclap.training.fit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Points from which a fold can continue, in a folder: {@code step-<n>/} with {@code weights},
 * {@code moments}, {@code average} and {@code chosen.safetensors}, and {@code state.json}. A
 * checkpoint appears whole or not at all, and replaces the one before.
 *
 * <p>All that is random is drawn anew from the seed at each step, so the position is also the state
 * of the random numbers: a continued fold ends with the same weights as one that never stopped.
 */
final class Checkpoints {
  private static final String PREFIX = "step-";
  private static final String STATE = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Duration cadence;
  private long last = System.nanoTime();

  /**
   * @param folder where they lie, or null to keep none
   * @param cadence least time from one to the next
   */
  Checkpoints(Path folder, Duration cadence) {
    this.folder = folder;
    this.cadence = cadence;
  }

  /**
   * The position of training.
   *
   * @param config the configuration; another one cannot continue from this point
   * @param epoch the epoch to continue with, from 1
   * @param batch its first batch that was not trained on, from 0
   * @param step steps so far
   * @param lossSum of the epoch's batches so far
   * @param bestScore best score on the development part so far; NaN before the first
   * @param bestEpoch its epoch; 0 before the first
   * @param updates of each parameter
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record State(
      TrainConfig config,
      int epoch,
      int batch,
      int step,
      double lossSum,
      double bestScore,
      int bestEpoch,
      Map<String, Integer> updates) {}

  /** A checkpoint's tensors; {@code average} and {@code chosen} may be empty. */
  record Content(
      State state,
      Map<String, FloatTensor> weights,
      Map<String, FloatTensor> moments,
      Map<String, FloatTensor> average,
      Map<String, FloatTensor> chosen) {}

  /** Whether it is time for the next. */
  boolean due() {
    return folder != null && System.nanoTime() - last >= cadence.toNanos();
  }

  void save(Content content) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempDirectory(folder, "part-");
    Safetensors.write(part.resolve("weights.safetensors"), content.weights());
    Safetensors.write(part.resolve("moments.safetensors"), content.moments());
    Safetensors.write(part.resolve("average.safetensors"), content.average());
    Safetensors.write(part.resolve("chosen.safetensors"), content.chosen());
    JSON.writeValue(part.resolve(STATE).toFile(), content.state());
    List<Path> before = all();
    Path target =
        folder.resolve(PREFIX + String.format(Locale.ROOT, "%09d", content.state().step()));
    if (before.contains(target)) {
      delete(part);
    } else {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      for (Path old : before) {
        delete(old);
      }
    }
    last = System.nanoTime();
  }

  /**
   * The newest checkpoint of this very configuration.
   *
   * @throws IOException when there is one of another configuration, saying so
   */
  Optional<Content> newest(TrainConfig config) throws IOException {
    if (folder == null) {
      return Optional.empty();
    }
    List<Path> all = all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Path newest = all.get(all.size() - 1);
    State state = JSON.readValue(newest.resolve(STATE).toFile(), State.class);
    if (!state.config().equals(config)) {
      throw new IOException(
          "The checkpoint "
              + newest
              + " was written with other settings; use those settings, or add --overwrite");
    }
    return Optional.of(
        new Content(
            state,
            Safetensors.read(newest.resolve("weights.safetensors")),
            Safetensors.read(newest.resolve("moments.safetensors")),
            Safetensors.read(newest.resolve("average.safetensors")),
            Safetensors.read(newest.resolve("chosen.safetensors"))));
  }

  /** Removes all checkpoints of a fold that is done. */
  void clear() throws IOException {
    if (folder != null && Files.isDirectory(folder)) {
      delete(folder);
    }
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(PREFIX))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static void delete(Path path) throws IOException {
    MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
