package io.gemoclap.export;

import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.export.clip.Clip;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the segments of one shard in one format. Used by one thread. */
interface ShardWriter extends Closeable {
  /** Takes what is known of a recording that was decoded wholly, before its segments. */
  default void recording(String uri, DecodeReport report) throws IOException {}

  /**
   * Writes a segment.
   *
   * @param item the segment, with its split, and with its quality if that is known
   * @param clip its audio; null if audio is not embedded
   */
  void add(ExportItem item, @Nullable Clip clip) throws IOException;
}
