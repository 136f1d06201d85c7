package io.gemoclap.cli.archive;

import com.google.common.hash.Hashing;
import io.gemoclap.audio.Recording;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Some recordings of an archive, which look random but are the same every time. */
public final class RecordingSample {
  /** From this many on, the mean of an archive changes little. */
  public static final int MOST = 200;

  private RecordingSample() {}

  /** At most {@link #MOST} recordings: those with the smallest SHA-256 of their ids. */
  public static List<Recording> of(List<Recording> recordings) {
    return recordings.stream()
        .sorted(Comparator.comparing(RecordingSample::digest).thenComparing(Recording::id))
        .limit(MOST)
        .toList();
  }

  private static String digest(Recording recording) {
    return Hashing.sha256().hashString(recording.id(), StandardCharsets.UTF_8).toString();
  }
}
