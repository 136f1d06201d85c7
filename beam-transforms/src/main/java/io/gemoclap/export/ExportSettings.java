package io.gemoclap.export;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableMap;
import io.gemoclap.export.clip.ClipSettings;
import io.gemoclap.turns.EmotionTurns;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** What decides the files of a corpus. Immutable. */
@AutoValue
abstract class ExportSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double BYTES_PER_SAMPLE = 1.2;

  abstract CorpusFolder folder();

  abstract CorpusFormat format();

  abstract AudioCopies audio();

  abstract ClipSettings clips();

  abstract SegmentFilter filter();

  abstract CorrectionUse corrections();

  /** Infinite without a limit. */
  abstract double mostSeconds();

  abstract boolean balanced();

  /** Share of the whole by split; one split has all. */
  abstract ImmutableMap<String, Double> splits();

  abstract long shardBytes();

  /** Whether quality is measured even if the audio is not needed otherwise. */
  abstract boolean quality();

  abstract DatasetFacts facts();

  /** How turns are made, for formats with a file for each recording. */
  abstract EmotionTurns turns();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setFolder(CorpusFolder folder);

    abstract Builder setFormat(CorpusFormat format);

    abstract Builder setAudio(AudioCopies audio);

    abstract Builder setClips(ClipSettings clips);

    abstract Builder setFilter(SegmentFilter filter);

    abstract Builder setCorrections(CorrectionUse corrections);

    abstract Builder setMostSeconds(double seconds);

    abstract Builder setBalanced(boolean balanced);

    abstract Builder setSplits(ImmutableMap<String, Double> splits);

    abstract Builder setShardBytes(long bytes);

    abstract Builder setQuality(boolean quality);

    abstract Builder setFacts(DatasetFacts facts);

    abstract Builder setTurns(EmotionTurns turns);

    abstract ExportSettings build();
  }

  static ExportSettings of(CorpusFolder folder, CorpusFormat format) {
    return new AutoValue_ExportSettings.Builder()
        .setFolder(folder)
        .setFormat(format)
        .setAudio(format.audio().get(0))
        .setClips(ClipSettings.defaults())
        .setFilter(SegmentFilter.certain())
        .setCorrections(CorrectionUse.PREFERRED)
        .setMostSeconds(Double.POSITIVE_INFINITY)
        .setBalanced(false)
        .setSplits(ImmutableMap.of("train", 1.0))
        .setShardBytes(256L << 20)
        .setQuality(false)
        .setFacts(DatasetFacts.none())
        .setTurns(EmotionTurns.create())
        .build();
  }

  boolean limited() {
    return balanced() || Double.isFinite(mostSeconds());
  }

  /** Whether quality must be known before segments are chosen. */
  boolean measuresFirst() {
    return filter().needsQuality();
  }

  /** Whether a shard opens recordings. */
  boolean decodes() {
    return audio() == AudioCopies.EMBED
        || format() == CorpusFormat.LHOTSE
        || (quality() && !measuresFirst());
  }

  /** What decides the bytes of a shard, beside its segments. */
  String identity() {
    String common =
        String.join(
            " ",
            format().toString(),
            audio().toString(),
            clips().format().toString(),
            Integer.toString(clips().sampleRate()),
            Boolean.toString(clips().channelsApart()),
            Boolean.toString(clips().laterStream()),
            Boolean.toString(quality()));
    return format().perRecording() ? common + " " + turnIdentity() : common;
  }

  /** Uncertain segments are in the shards in any case; whether their turns are, is decided here. */
  private String turnIdentity() {
    return "%s %s %s"
        .formatted(
            filter().uncertain(), splits().size() == 1, DisplayData.from(turns()).asMap().values());
  }

  /** About how many seconds of audio fill a shard; speech takes about 10 bits a sample in FLAC. */
  double shardSeconds() {
    return shardBytes() / (BYTES_PER_SAMPLE * clips().sampleRate());
  }

  ShardWriter open(Shard shard) throws IOException {
    return switch (format()) {
      case PARQUET -> new ParquetShard(shard, this);
      case AUDIOFOLDER -> new AudioFolderShard(shard, this);
      case WEBDATASET -> new TarShard(shard, this);
      case LHOTSE -> new LhotseShard(shard, this);
      case NEMO -> new NemoShard(shard, this);
      case AUDFORMAT -> new AudformatShard(shard, this);
      case CSV -> new CsvShard(shard, this);
      default -> throw new IllegalStateException(format() + " has no rows of segments");
    };
  }
}
