package io.gemoclap.export;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;

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
  RTTM(AudioCopies.LINK),

  /** A file with emotion turns for each recording, for Praat. */
  TEXTGRID(AudioCopies.LINK),

  /** A file with emotion turns for each recording, for Audacity. */
  AUDACITY(AudioCopies.LINK),

  /** A file with emotion turns for each recording, for video players. */
  WEBVTT(AudioCopies.LINK),

  /** A file with emotion turns for each recording, for ELAN. */
  ELAN(AudioCopies.LINK);

  private final ImmutableList<AudioCopies> audio;

  CorpusFormat(AudioCopies... audio) {
    this.audio = ImmutableList.copyOf(audio);
  }

  /** Where the audio can be; the first is the default. */
  public List<AudioCopies> audio() {
    return audio;
  }

  /** Whether it has a file for each recording. */
  public boolean perRecording() {
    return compareTo(RTTM) >= 0;
  }

  /** Whether a row names a recording and no channel of it, if audio is linked. */
  boolean namesNoChannel() {
    return this == NEMO || this == AUDFORMAT || this == CSV;
  }

  /** The name in options and messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
