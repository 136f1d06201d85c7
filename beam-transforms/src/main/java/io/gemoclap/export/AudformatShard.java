package io.gemoclap.export;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A segmented table of audformat; the header {@code db.yaml} is written at the end. */
final class AudformatShard implements ShardWriter {
  static final String HEADER =
      "file,start,end,emotion,emotion.source,confidence,speaker,"
          + String.join(",", CorpusColumns.QUALITY);

  private static final ObjectWriter LINE =
      new CsvMapper().writerFor(String[].class).with(CsvSchema.emptySchema().withLineSeparator(""));

  private final Shard shard;
  private final ClipFormat format;
  private final ManifestPart rows;

  AudformatShard(Shard shard, ExportSettings settings) throws IOException {
    this.shard = shard;
    format = settings.clips().format();
    rows = new ManifestPart(shard, "db." + shard.split() + ".csv", "text/csv");
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    AudioPlace audio = AudioPlace.of(item, clip, shard, format);
    List<String> row = new ArrayList<>();
    row.add(audio.file());
    row.add(time(audio.startSeconds()));
    row.add(time(audio.startSeconds() + audio.seconds()));
    row.add(item.getLabel());
    row.add(item.getLabelSource());
    row.add(Double.toString(item.getSegment().getConfidence()));
    row.add(item.speaker());
    Map<String, Object> quality = CorpusColumns.quality(item);
    CorpusColumns.QUALITY.forEach(column -> row.add(quality.getOrDefault(column, "").toString()));
    rows.line(LINE.writeValueAsString(row.toArray(String[]::new)));
  }

  /** A time as pandas writes it. */
  private static String time(double seconds) {
    long micros = Math.round(seconds * 1e6);
    long whole = micros / 1_000_000;
    return String.format(
        Locale.ROOT,
        "%d days %02d:%02d:%02d.%06d",
        whole / 86_400,
        whole / 3_600 % 24,
        whole / 60 % 60,
        whole % 60,
        micros % 1_000_000);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
