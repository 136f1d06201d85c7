package io.gemoclap.overview;

import io.gemoclap.overview.ArchiveReport.Segment;
import io.gemoclap.review.sound.Sound;
import io.gemoclap.review.sound.Sounds;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Cuts segments of recordings as {@code data:} URIs, until they take too much of a page. Not
 * thread-safe.
 */
public final class SegmentClips {
  /** Of a longer segment, the beginning is enough to know how it sounds. */
  private static final double LONGEST = 15;

  private final Sounds sounds;
  private long left;

  /**
   * Cuts clips.
   *
   * @param sounds decodes recordings
   * @param bytes most that all clips together take
   */
  public SegmentClips(Sounds sounds, long bytes) {
    this.sounds = sounds;
    this.left = bytes;
  }

  /**
   * A clip, or why there is none.
   *
   * @param uri null if there is none
   * @param reason empty if there is one
   */
  record Clip(@Nullable String uri, String reason) {}

  Clip of(Segment segment) {
    if (left <= 0) {
      return new Clip(null, "left out: the clips of this page have reached their limit");
    }
    try (Sound sound = sounds.of(segment.recording())) {
      if (segment.channel() >= sound.channels()) {
        return new Clip(null, "the recording has no channel " + segment.channel());
      }
      double end = Math.min(segment.endS(), segment.startS() + LONGEST);
      byte[] wave = sound.clip(segment.channel(), segment.startS(), end);
      String text = "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wave);
      left -= text.length();
      return new Clip(text, "");
    } catch (IOException e) {
      return new Clip(null, "no sound: " + e.getMessage());
    }
  }
}
