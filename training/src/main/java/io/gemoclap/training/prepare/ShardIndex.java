package io.gemoclap.training.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.FailureKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * What a shard holds, in a small file next to it that is written last: a shard without index is not
 * complete.
 *
 * @param utterances ids of those whose features are in the shard
 * @param failed those that have none, and why
 * @param audioSeconds length of the recordings together
 */
record ShardIndex(List<String> utterances, List<Failed> failed, double audioSeconds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether an utterance that has no features may get them if it is tried again. */
  boolean mayImprove() {
    return failed.stream().anyMatch(item -> item.kind().mayBeTemporary());
  }

  /** An utterance without features. */
  record Failed(String id, FailureKind kind, String reason) {}

  static ResourceId file(String folder, String name, String suffix) {
    return FileSystems.matchNewResource(folder, true)
        .resolve(name + suffix, StandardResolveOptions.RESOLVE_FILE);
  }

  /** Reads the index of a shard; null when the shard is not complete. */
  static ShardIndex read(String folder, String name) throws IOException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(file(folder, name, ".json")))) {
      return JSON.readValue(in, ShardIndex.class);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** Writes the index, which appears whole or not at all. */
  void write(String folder, String name, String attempt) throws IOException {
    ResourceId part = file(folder, name, ".json" + attempt);
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(part, "application/json"))) {
      JSON.writeValue(out, this);
    }
    move(part, file(folder, name, ".json"));
  }

  static void move(ResourceId from, ResourceId to) throws IOException {
    FileSystems.rename(List.of(from), List.of(to), StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
