package io.gemoclap.audio.segment;

/**
 * Decides which frames of a stream of levels are speech, ten seconds after it has seen them.
 *
 * <p>Speech rises above the background, and its level varies: a steady level is not speech, however
 * loud it is. A stretch begins where the level passes an onset, and ends where it has stayed below
 * a lower one for the length of a pause.
 */
final class SpeechDetector {
  /** Takes stretches of speech in frames, in order. */
  interface Found {
    /**
     * A stretch.
     *
     * @param joined whether it continues a stretch that was cut
     * @param cut whether it was cut at the maximum length, so that the next one continues it
     */
    void accept(long from, long to, boolean joined, boolean cut);
  }

  /** Takes each frame before it is decided. */
  interface Frames {
    /**
     * A frame.
     *
     * @param active whether it is loud enough to be part of a stretch
     */
    void accept(long frame, boolean active);
  }

  private static final double PAST_SECONDS = 20;
  private static final double AHEAD_SECONDS = 10;

  /** How far an onset may lie above the background, in dB, for the highest threshold. */
  private static final double RANGE = 24;

  /**
   * The lower of the two thresholds lies this far below the other, as in Silero VAD, but at most
   * half of the way to the background, so that it stays above the background.
   */
  private static final double HYSTERESIS = 0.15;

  /** Frames this far below loud speech are breath and room, in dB. */
  private static final double SPEECH_RANGE = 35;

  /** A background that varies less than this, in dB, holds no speech. */
  private static final double STEADY = 8;

  /** What stays below this level, in dB of full scale, is not speech. */
  static final double QUIETEST_SPEECH = -75;

  private static final int THRESHOLDS_EVERY = 10;

  private final double threshold;
  private final int past;
  private final int ahead;
  private final int minSpeech;
  private final int minSilence;
  private final int maxSpeech;
  private final double[] levels;
  private final LevelHistogram histogram = new LevelHistogram();
  private final long first;
  private final Frames frames;

  private long seen;
  private long decided;
  private double onset;
  private double exit;

  private boolean speaking;
  private boolean joined;
  private long start;
  private long lastActive;

  SpeechDetector(VoiceActivity settings, double frameSeconds) {
    this(settings, frameSeconds, 0, (frame, active) -> {});
  }

  /**
   * A detector that gets its first level late. From {@link #history} frames later on, it decides
   * about each frame as if it had got all levels, except for a stretch that it is in.
   *
   * @param first number of the frame of the first level
   */
  SpeechDetector(VoiceActivity settings, double frameSeconds, long first, Frames frames) {
    this.first = first;
    this.frames = frames;
    seen = first;
    decided = first;
    threshold = settings.threshold();
    past = (int) Math.round(PAST_SECONDS / frameSeconds);
    ahead = (int) Math.round(AHEAD_SECONDS / frameSeconds);
    minSpeech = (int) Math.round(settings.minSpeechMs() / 1e3 / frameSeconds);
    minSilence = (int) Math.max(1, Math.round(settings.minSilenceMs() / 1e3 / frameSeconds));
    double padding = 2 * settings.speechPadMs() / 1e3;
    maxSpeech = (int) Math.floor((settings.maxSpeechSeconds() - padding) / frameSeconds);
    levels = new double[past + ahead + maxSpeech + 2];
  }

  void accept(double decibels, Found found) {
    levels[(int) (seen % levels.length)] = decibels;
    histogram.add(decibels);
    seen++;
    if (seen - decided > ahead) {
      decide(found);
    }
  }

  void finish(Found found) {
    while (decided < seen) {
      decide(found);
    }
    if (speaking) {
      end(found);
    }
  }

  /**
   * Frames that are enough to know the thresholds: those of the past, and those until they are set
   * the next time.
   */
  int history() {
    return past + THRESHOLDS_EVERY + 1;
  }

  /**
   * Inactive frames in a row after which no stretch lasts, whenever it began, and after which
   * another one is not joined to it.
   */
  int pause() {
    return minSilence;
  }

  /** The first frame that a stretch may still contain. */
  long firstNeeded() {
    return speaking ? start : decided;
  }

  private void decide(Found found) {
    long frame = decided++;
    if (frame - first > past) {
      histogram.remove(level(frame - past - 1));
    }
    if (frame % THRESHOLDS_EVERY == 0) {
      setThresholds();
    }
    double level = level(frame);
    frames.accept(frame, level >= exit);
    if (speaking) {
      proceed(frame, level, found);
    }
    if (!speaking && level >= onset) {
      speaking = true;
      joined = false;
      start = frame;
      lastActive = frame;
    }
  }

  /** Extends the stretch by an active frame, or ends it: after a pause, or where it is too long. */
  private void proceed(long frame, double level, Found found) {
    boolean active = level >= exit;
    if (active && frame - start < maxSpeech) {
      lastActive = frame;
    } else if (active && frame == lastActive + 1) {
      cut(frame, found);
      lastActive = frame;
    } else if (active || frame - lastActive >= minSilence) {
      end(found);
    }
  }

  private void setThresholds() {
    double floor = histogram.background();
    double top = histogram.loud();
    double spread = Math.min(RANGE, top - floor);
    if (!(spread >= STEADY)) {
      onset = Double.POSITIVE_INFINITY;
      exit = Double.POSITIVE_INFINITY;
      return;
    }
    double quietest = Math.max(top - SPEECH_RANGE, QUIETEST_SPEECH);
    onset = Math.max(quietest, floor + threshold * spread);
    exit = onset - Math.min(HYSTERESIS, threshold / 2) * spread;
  }

  private void end(Found found) {
    speaking = false;
    if (joined || lastActive + 1 - start >= minSpeech) {
      found.accept(start, lastActive + 1, joined, false);
    }
  }

  /** Cuts long speech at its quietest frame, so that enough remains on both sides. */
  private void cut(long frame, Found found) {
    long quietest = start + maxSpeech / 2;
    for (long each = quietest; each <= frame - minSpeech; each++) {
      if (level(each) < level(quietest)) {
        quietest = each;
      }
    }
    found.accept(start, quietest, joined, true);
    start = quietest;
    joined = true;
  }

  private double level(long frame) {
    return levels[(int) (frame % levels.length)];
  }
}
