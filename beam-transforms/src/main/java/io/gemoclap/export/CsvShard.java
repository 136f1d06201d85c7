package io.gemoclap.export;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.export.clip.Clip;
import io.gemoclap.export.clip.ClipFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of utterances, as {@code gemoclap train --corpus=csv:} reads it. */
final class CsvShard implements ShardWriter {
  static final String HEADER =
      "id,path,emotion,speaker,gender,language,text,start_s,end_s,recording,label_source,"
          + "confidence,speech_probability,snr_db,clipping,bandwidth_hz,level_dbfs,speech_share,"
          + "model_id";

  private static final ObjectWriter LINE =
      new CsvMapper().writerFor(String[].class).with(CsvSchema.emptySchema().withLineSeparator(""));

  private final Shard shard;
  private final ClipFormat format;
  private final ManifestPart rows;

  CsvShard(Shard shard, ExportSettings settings) throws IOException {
    this.shard = shard;
    format = settings.clips().format();
    rows = new ManifestPart(shard, shard.split() + ".csv", "text/csv");
  }

  @Override
  public void add(ExportItem item, @Nullable Clip clip) throws IOException {
    AudioPlace audio = AudioPlace.of(item, clip, shard, format);
    List<String> row = new ArrayList<>();
    row.add(item.key());
    row.add(audio.file());
    row.add(item.getLabel());
    row.add(item.speaker());
    row.add(item.metadata("gender"));
    row.add(item.metadata("language"));
    row.add(item.metadata("text"));
    row.add(audio.whole() ? "" : Double.toString(audio.startSeconds()));
    row.add(audio.whole() ? "" : Double.toString(audio.startSeconds() + audio.seconds()));
    row.add(item.getSegment().getRecording());
    row.add(item.getLabelSource());
    row.add(Double.toString(item.getSegment().getConfidence()));
    row.add(Double.toString(item.getSegment().getSpeechProbability()));
    Map<String, Object> quality = CorpusColumns.quality(item);
    CorpusColumns.QUALITY.forEach(column -> row.add(quality.getOrDefault(column, "").toString()));
    row.add(item.getSegment().getModelId());
    rows.line(LINE.writeValueAsString(row.toArray(String[]::new)));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
