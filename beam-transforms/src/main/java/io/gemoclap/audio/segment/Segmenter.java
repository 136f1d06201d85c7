package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.DecodeException;
import java.io.Serializable;
import java.util.List;

/**
 * Cuts a stream of samples into segments. Memory is bounded by the longest segment, not by the
 * recording, and the segments do not depend on the sizes of the blocks.
 *
 * <p>A segmenter is immutable, thread-safe and serializable; a {@link Session} serves one channel
 * of one recording and one thread.
 */
public interface Segmenter extends Serializable {
  /** The longest segment that {@link #whole()} and {@link #spans()} emit, in seconds. */
  double DEFAULT_MAX_SECONDS = 600;

  /**
   * Starts a recording.
   *
   * @param sampleRate rate of the samples in Hz, 1,000 or more
   * @param spans the stretches to cut out, for {@link #spans()}; the others ignore them
   */
  Session open(int sampleRate, List<Span> spans);

  /**
   * Starts one channel of a recording, for which a span may be meant alone. By default, spans of
   * all channels are those of each.
   *
   * @param channel number of the channel, from 0
   * @param channels number of the recording's channels
   */
  default Session open(int sampleRate, List<Span> spans, int channel, int channels) {
    return open(sampleRate, spans);
  }

  /**
   * Whether this segmenter looks for speech itself in a recording. If not, as by default, {@code
   * DecodeAudio} refuses the segments without speech, so that silence and noise get no label.
   *
   * @param spans those of the recording, as for {@link #open}
   */
  default boolean findsSpeech(List<Span> spans) {
    return false;
  }

  /**
   * Reads {@code vad}, {@code whole} or {@code fixed:<length_s>/<hop_s>}, the last also without the
   * hop, which is then the length.
   *
   * @throws IllegalArgumentException for anything else, or if a number is out of range
   */
  static Segmenter parse(String text) {
    if (text.equals("vad")) {
      return voiceActivity();
    }
    if (text.equals("whole")) {
      return whole();
    }
    if (text.startsWith("fixed:")) {
      String[] parts = text.substring("fixed:".length()).split("/", -1);
      double length = Double.parseDouble(parts[0]);
      return fixedWindows(length, parts.length > 1 ? Double.parseDouble(parts[1]) : length);
    }
    throw new IllegalArgumentException(
        "A segmenter must be vad, whole or fixed:<length_s>/<hop_s>, not '" + text + "'");
  }

  /** One segment: the whole recording, at most {@link #DEFAULT_MAX_SECONDS} long. */
  static Segmenter whole() {
    return whole(DEFAULT_MAX_SECONDS);
  }

  /**
   * One segment: the whole recording. A longer one fails with LIMIT.
   *
   * @param maxSeconds longest recording in seconds, above 0 to 86,400
   */
  static Segmenter whole(double maxSeconds) {
    return new WholeRecording(maxSeconds);
  }

  /**
   * Windows of one length, one every {@code hopSeconds}. The last one is shorter if at least half a
   * second of it is there, or if it is the only one; a window without a new sample is left out.
   *
   * @param lengthSeconds length of a window in seconds, 0.01 to 3,600
   * @param hopSeconds distance between the starts of two windows in seconds, 0.01 to 3,600
   */
  static Segmenter fixedWindows(double lengthSeconds, double hopSeconds) {
    return new FixedWindows(lengthSeconds, hopSeconds);
  }

  /** Stretches of speech, found by their energy with {@link VoiceActivity#defaults()}. */
  static Segmenter voiceActivity() {
    return voiceActivity(VoiceActivity.defaults());
  }

  /**
   * Stretches of speech, found by their energy.
   *
   * @throws IllegalArgumentException if the settings do not fit together
   */
  static Segmenter voiceActivity(VoiceActivity settings) {
    return new VoiceSegmenter(settings.requireConsistent());
  }

  /**
   * The stretches given for each recording, which may overlap, in the order of their ends. One that
   * is longer than {@link #DEFAULT_MAX_SECONDS}, ends more than 0.1 s after the recording, lies in
   * a channel that the recording lacks, or repeats the times of another in its channel is missed. A
   * recording for which none is given is cut by {@link #voiceActivity()}.
   */
  static Segmenter spans() {
    return spansOr(voiceActivity());
  }

  /**
   * The stretches given for each recording, as with {@link #spans()}.
   *
   * @param withoutSpans cuts the recordings for which no stretch is given
   */
  static Segmenter spansOr(Segmenter withoutSpans) {
    return new SpanCutter(DEFAULT_MAX_SECONDS, withoutSpans);
  }

  /** The state of one channel of one recording. Not thread-safe. */
  interface Session {
    /**
     * Takes the next samples.
     *
     * @param samples samples that may change after the call
     * @param length number of valid samples
     * @throws DecodeException LIMIT if the recording cannot be one segment
     */
    void accept(float[] samples, int length, Out out) throws DecodeException;

    /**
     * Takes silence for media time without sound. Like {@link #accept} of zeros, unless a segmenter
     * can leave it out.
     */
    default void silence(int length, Out out) throws DecodeException {
      accept(new float[length], length, out);
    }

    /** Ends the recording; the session cannot be used any more. */
    void finish(Out out) throws DecodeException;
  }

  /** Takes the segments, on the thread that feeds the session. */
  interface Out {
    /**
     * A segment.
     *
     * @param startSample index of its first sample in the recording
     * @param samples its samples; the array belongs to the receiver
     */
    void emit(long startSample, float[] samples);

    /**
     * A segment that was cut out as requested.
     *
     * @param span what was requested
     * @param startSample index of its first sample in the recording
     * @param samples its samples; the array belongs to the receiver
     */
    default void emit(Span span, long startSample, float[] samples) {
      emit(startSample, samples);
    }

    /**
     * A requested span that cannot be cut out.
     *
     * @param reason one sentence for humans
     */
    void missed(Span span, String reason);
  }
}
