package io.gemoclap.overview;

import io.gemoclap.score.EmotionScores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/**
 * Where in its recording which emotion was heard: all that is grouped by recording.
 *
 * @param middle in seconds from the start of the recording
 * @param seconds length
 * @param label what was shown; {@link Course#UNCERTAIN} if the model abstained
 */
record SegmentPlace(double middle, double seconds, String label) {
  static SegmentPlace of(EmotionScores score) {
    return new SegmentPlace(
        (score.getStartSeconds() + score.getEndSeconds()) / 2,
        score.getEndSeconds() - score.getStartSeconds(),
        score.getAbstained() ? Course.UNCERTAIN : score.getEmotion());
  }

  /** Encodes a place in a few bytes. */
  static final class PlaceCoder extends CustomCoder<SegmentPlace> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(SegmentPlace value, OutputStream out) throws IOException {
      DoubleCoder.of().encode(value.middle, out);
      DoubleCoder.of().encode(value.seconds, out);
      StringUtf8Coder.of().encode(value.label, out);
    }

    @Override
    public SegmentPlace decode(InputStream in) throws IOException {
      return new SegmentPlace(
          DoubleCoder.of().decode(in),
          DoubleCoder.of().decode(in),
          StringUtf8Coder.of().decode(in));
    }

    @Override
    public void verifyDeterministic() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof PlaceCoder;
    }

    @Override
    public int hashCode() {
      return PlaceCoder.class.hashCode();
    }
  }
}
