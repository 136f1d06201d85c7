package io.gemoclap.export;

import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a manifest says that a segment's audio is.
 *
 * @param file a clip, relative to the corpus, or the URI of the recording
 * @param startSeconds start in the file
 * @param seconds length of the segment
 * @param whole whether the segment is all of the file
 */
record AudioPlace(String file, double startSeconds, double seconds, boolean whole) {
  /** Puts the clip into the corpus if there is one; otherwise names the recording. */
  static AudioPlace of(ExportItem item, @Nullable Clip clip, Shard shard, ClipFormat format)
      throws IOException {
    if (clip == null) {
      return new AudioPlace(
          item.getSegment().getRecording(),
          item.getSegment().getStartSeconds(),
          item.seconds(),
          false);
    }
    String name = "clips/" + shard.clips() + "/" + item.key() + "." + format.suffix();
    shard.copy(clip.file(), name, format.mimeType());
    return new AudioPlace(name, 0, clip.seconds(), true);
  }
}
