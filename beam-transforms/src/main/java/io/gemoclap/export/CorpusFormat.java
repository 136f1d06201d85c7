package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.gemoclap.export.turns.TurnFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats of a corpus, and the tools that read them. */
public enum CorpusFormat {
  /** Parquet files for Hugging Face's {@code datasets}, with the features in their schema. */
  PARQUET(AudioCopies.EMBED, AudioCopies.LINK, AudioCopies.NONE),

  /** Clips and {@code metadata.jsonl}, for Hugging Face's {@code audiofolder}. */
  AUDIOFOLDER(AudioCopies.EMBED),

  /** Tar files with a clip and a {@code .json} for each segment, for WebDataset. */
  WEBDATASET(AudioCopies.EMBED),

  /** Recordings, supervisions and cuts, for Lhotse. */
  LHOTSE(AudioCopies.LINK, AudioCopies.EMBED),

  /** A manifest with offset and duration, for NVIDIA NeMo. */
  NEMO(AudioCopies.LINK, AudioCopies.EMBED),

  /** A header and a segmented table for each split, for audformat. */
  AUDFORMAT(AudioCopies.LINK, AudioCopies.EMBED),

  /** A table of utterances, for {@code gemoclap train --corpus=csv:}. */
  CSV(AudioCopies.LINK, AudioCopies.EMBED),

  /** A file with emotion turns for each recording, as tools for diarisation read them. */
  RTTM(TurnFormat.RTTM),

  /** A file with emotion turns for each recording, for Praat. */
  TEXTGRID(TurnFormat.TEXTGRID),

  /** A file with emotion turns for each recording, for Audacity. */
  AUDACITY(TurnFormat.AUDACITY),

  /** A file with emotion turns for each recording, for video players. */
  WEBVTT(TurnFormat.WEBVTT),

  /** A file with emotion turns for each recording, for ELAN. */
  ELAN(TurnFormat.ELAN);

  private final ImmutableList<AudioCopies> audio;
  private final @Nullable TurnFormat turns;

  CorpusFormat(AudioCopies... audio) {
    this.audio = ImmutableList.copyOf(audio);
    turns = null;
  }

  CorpusFormat(TurnFormat turns) {
    audio = ImmutableList.of(AudioCopies.LINK);
    this.turns = turns;
  }

  /** Where the audio can be; the first is the default. */
  public List<AudioCopies> audio() {
    return audio;
  }

  /** Whether it has a file for each recording. */
  public boolean perRecording() {
    return turns != null;
  }

  /** The format of the file for a recording. */
  TurnFormat turns() {
    return requireNonNull(turns);
  }

  /** Whether a row names a recording and no channel of it, if audio is linked. */
  boolean namesNoChannel() {
    return this == NEMO || this == AUDFORMAT || this == CSV;
  }

  /** Whether readers open a recording and cannot choose its audio stream, if audio is linked. */
  boolean namesNoStream() {
    return this != PARQUET && !perRecording();
  }

  /** The name in options and messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
