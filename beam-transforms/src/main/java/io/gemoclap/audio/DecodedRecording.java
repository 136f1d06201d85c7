package io.gemoclap.audio;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.row.AutoValueRows;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/** The properties of a recording that was decoded to its end. Has a Beam schema. */
@AutoValue
@DefaultSchema(AutoValueRows.class)
public abstract class DecodedRecording {

  static DecodedRecording of(Recording recording, DecodeReport report, int segments) {
    return builder()
        .setRecording(recording.id())
        .setContainer(report.container())
        .setCodec(report.codec())
        .setSourceRate(report.sourceRate())
        .setChannels(report.channels())
        .setSeconds(report.decodedSeconds())
        .setTruncated(report.truncated())
        .setBadPackets(report.badPackets())
        .setNonFiniteSamples(report.nonFiniteSamples())
        .setSegments(segments)
        .setMetadata(recording.metadata())
        .setOutputChannels(report.outputChannels())
        .setNotes(report.notes())
        .build();
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

  /** A builder with every field unset. */
  public static Builder builder() {
    return new AutoValue_DecodedRecording.Builder();
  }

  /** Builds a {@link DecodedRecording}; every field must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets what {@link DecodedRecording#getRecording} returns. */
    public abstract Builder setRecording(String recording);

    /** Sets what {@link DecodedRecording#getContainer} returns. */
    public abstract Builder setContainer(String container);

    /** Sets what {@link DecodedRecording#getCodec} returns. */
    public abstract Builder setCodec(String codec);

    /** Sets what {@link DecodedRecording#getSourceRate} returns. */
    public abstract Builder setSourceRate(int sourceRate);

    /** Sets what {@link DecodedRecording#getChannels} returns. */
    public abstract Builder setChannels(int channels);

    /** Sets what {@link DecodedRecording#getSeconds} returns. */
    public abstract Builder setSeconds(double seconds);

    /** Sets what {@link DecodedRecording#getTruncated} returns. */
    public abstract Builder setTruncated(boolean truncated);

    /** Sets what {@link DecodedRecording#getBadPackets} returns. */
    public abstract Builder setBadPackets(long badPackets);

    /** Sets what {@link DecodedRecording#getNonFiniteSamples} returns. */
    public abstract Builder setNonFiniteSamples(long nonFiniteSamples);

    /** Sets what {@link DecodedRecording#getSegments} returns. */
    public abstract Builder setSegments(int segments);

    /** Sets what {@link DecodedRecording#getMetadata} returns. */
    public abstract Builder setMetadata(Map<String, String> metadata);

    /** Sets what {@link DecodedRecording#getOutputChannels} returns. */
    public abstract Builder setOutputChannels(int outputChannels);

    /** Sets what {@link DecodedRecording#getNotes} returns. */
    public abstract Builder setNotes(List<String> notes);

    /** Builds the value. */
    public abstract DecodedRecording build();
  }
}
