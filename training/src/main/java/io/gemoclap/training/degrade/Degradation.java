package io.gemoclap.training.degrade;

import com.google.common.hash.Hashing;
import io.gemoclap.audio.ffmpeg.LossyCodec;
import io.gemoclap.audio.pcm.PcmFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What may happen to a recording, in the order in which it happens. Each is of one strength; what
 * varies within it, such as the room, is drawn once for an archive, since recordings of an archive
 * were mostly made alike. Immutable and thread-safe; equal seeds give equal samples.
 */
public enum Degradation {
  TEMPO_MILD(Stage.SPEECH, Severity.MILD, new Tempo(0.05, 0.1)),
  TEMPO_HARSH(Stage.SPEECH, Severity.HARSH, new Tempo(0.15, 0.25)),
  ROOM_MILD(Stage.ROOM, Severity.MILD, new Room(0.2, 0.4, 6)),
  ROOM_HARSH(Stage.ROOM, Severity.HARSH, new Room(0.5, 0.9, 0)),
  WHITE_NOISE_MILD(Stage.BACKGROUND, Severity.MILD, new Background(Noise.WHITE, 20, 25)),
  WHITE_NOISE_HARSH(Stage.BACKGROUND, Severity.HARSH, new Background(Noise.WHITE, 8, 13)),
  PINK_NOISE_MILD(Stage.BACKGROUND, Severity.MILD, new Background(Noise.PINK, 20, 25)),
  PINK_NOISE_HARSH(Stage.BACKGROUND, Severity.HARSH, new Background(Noise.PINK, 8, 13)),
  BROWN_NOISE_MILD(Stage.BACKGROUND, Severity.MILD, new Background(Noise.BROWN, 20, 25)),
  BROWN_NOISE_HARSH(Stage.BACKGROUND, Severity.HARSH, new Background(Noise.BROWN, 8, 13)),
  BABBLE_MILD(Stage.BACKGROUND, Severity.MILD, new Background(new Babble(), 20, 25)),
  BABBLE_HARSH(Stage.BACKGROUND, Severity.HARSH, new Background(new Babble(), 8, 13)),
  MUSIC_MILD(Stage.BACKGROUND, Severity.MILD, new Background(new Music(), 20, 25)),
  MUSIC_HARSH(Stage.BACKGROUND, Severity.HARSH, new Background(new Music(), 8, 13)),
  LEVEL_MILD(Stage.DEVICE, Severity.MILD, new Level(-12, 3)),
  LEVEL_HARSH(Stage.DEVICE, Severity.HARSH, new Level(-35, -25)),
  OFFSET_MILD(Stage.DEVICE, Severity.MILD, new Offset(0.1, 0.5)),
  CLIPPING_MILD(Stage.DEVICE, Severity.MILD, new Clipping(0.01)),
  CLIPPING_HARSH(Stage.DEVICE, Severity.HARSH, new Clipping(0.1)),
  OPUS_MILD(Stage.CODEC, Severity.MILD, new Coded(LossyCodec.OPUS, 12_000)),
  MP3_MILD(Stage.CODEC, Severity.MILD, new Coded(LossyCodec.MP3, 32_000)),
  TELEPHONE_HARSH(Stage.CODEC, Severity.HARSH, new Telephone(null)),
  MULAW_HARSH(Stage.CODEC, Severity.HARSH, new Telephone(PcmFormat.MULAW)),
  ALAW_HARSH(Stage.CODEC, Severity.HARSH, new Telephone(PcmFormat.ALAW)),
  AMR_HARSH(Stage.CODEC, Severity.HARSH, new Coded(LossyCodec.AMR_NARROWBAND, 7_950));

  /** Where on its way a recording is degraded. */
  public enum Stage {
    SPEECH,
    ROOM,
    BACKGROUND,
    DEVICE,
    CODEC
  }

  private final Stage stage;
  private final Severity severity;

  @SuppressWarnings("ImmutableEnumChecker") // effects are stateless
  private final Effect effect;

  Degradation(Stage stage, Severity severity, Effect effect) {
    this.stage = stage;
    this.severity = severity;
    this.effect = effect;
  }

  /** Its name in files, such as {@code room-harsh}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Its place among all, from 0. Decides seeds, so a new degradation belongs at the end of its
   * stage or changes the copies after it.
   */
  @SuppressWarnings("EnumOrdinal") // the order is that of the versions in a shard
  public int index() {
    return ordinal();
  }

  /** Where it happens. */
  public Stage stage() {
    return stage;
  }

  /** How much it changes. */
  public Severity severity() {
    return severity;
  }

  /**
   * Degrades a recording. Only {@code tempo} changes the length.
   *
   * @param samples mono, 1.0 is full scale; not written to
   * @param rate in Hz, 8,000 or more
   * @param archive seed of what all recordings of the archive share
   * @param recording id of the recording, which decides what it has of its own
   * @return new samples; as long as before unless the tempo changes
   * @throws io.gemoclap.failure.WorkerFaultException if FFmpeg or its codec is missing
   */
  public float[] apply(float[] samples, int rate, long archive, String recording) {
    long own =
        Hashing.murmur3_128((int) archive).hashString(recording, StandardCharsets.UTF_8).asLong();
    return effect.apply(
        samples,
        rate,
        new SplittableRandom(archive + 31L * index()),
        new SplittableRandom(own + 31L * index()));
  }
}
