package io.gemoclap.audio;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.pcm.DecodeReport;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/** The properties of a recording that was decoded to its end. Has a Beam schema. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class DecodedRecording {

  static DecodedRecording of(Recording recording, DecodeReport report, int segments) {
    return create(
        recording.id(),
        report.container(),
        report.codec(),
        report.sourceRate(),
        report.channels(),
        report.decodedSeconds(),
        report.truncated(),
        report.badPackets(),
        report.nonFiniteSamples(),
        segments,
        recording.metadata(),
        report.outputChannels(),
        report.notes());
  }

  /** For Beam's schema. */
  @SchemaCreate
  public static DecodedRecording create(
      String recording,
      String container,
      String codec,
      int sourceRate,
      int channels,
      double seconds,
      boolean truncated,
      long badPackets,
      long nonFiniteSamples,
      int segments,
      Map<String, String> metadata,
      int outputChannels,
      List<String> notes) {
    return new AutoValue_DecodedRecording(
        recording,
        container,
        codec,
        sourceRate,
        channels,
        seconds,
        truncated,
        badPackets,
        nonFiniteSamples,
        segments,
        metadata,
        outputChannels,
        notes);
  }

  /** Id of the recording. */
  @SchemaFieldNumber("0")
  public abstract String getRecording();

  /** Container format, for example {@code ogg}. */
  @SchemaFieldNumber("1")
  public abstract String getContainer();

  /** Codec, for example {@code opus}. */
  @SchemaFieldNumber("2")
  public abstract String getCodec();

  /** Sampling rate of the source in Hz. */
  @SchemaFieldNumber("3")
  public abstract int getSourceRate();

  /** Channels of the source. */
  @SchemaFieldNumber("4")
  public abstract int getChannels();

  /** Media time at which the decoded sound ends, in seconds. */
  @SchemaFieldNumber("5")
  public abstract double getSeconds();

  /** Whether the recording ends before its declared or natural end. */
  @SchemaFieldNumber("6")
  public abstract boolean getTruncated();

  /** Packets that could not be decoded and were skipped. */
  @SchemaFieldNumber("7")
  public abstract long getBadPackets();

  /** NaN or infinite source samples, which were replaced by zero. */
  @SchemaFieldNumber("8")
  public abstract long getNonFiniteSamples();

  /** Number of segments that were cut from it, over all channels. */
  @SchemaFieldNumber("9")
  public abstract int getSegments();

  /** Columns of the manifest, or key and headers of the record, that it came with. */
  @SchemaFieldNumber("10")
  public abstract Map<String, String> getMetadata();

  /** Channels that were segmented: with mixed channels one for each decoded audio stream. */
  @SchemaFieldNumber("11")
  public abstract int getOutputChannels();

  /** What users should know, each as {@code code} or {@code code: detail}: {@code DecodeNote}. */
  @SchemaFieldNumber("12")
  public abstract List<String> getNotes();
}
