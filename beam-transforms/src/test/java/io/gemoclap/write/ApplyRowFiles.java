package io.gemoclap.write;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;

/** Applies {@link RowFiles} to a pipeline that does not run, also in another class loader. */
public final class ApplyRowFiles implements Runnable {
  private final OutputFormat format;

  /** With the name of an {@link OutputFormat}. */
  public ApplyRowFiles(String format) {
    this.format = OutputFormat.valueOf(format);
  }

  @Override
  public void run() {
    RowType<String> row =
        new RowType<>("Row", List.of(new RowType.Column<>("text", ColumnType.TEXT, text -> text)));
    Pipeline pipeline = Pipeline.create();
    if (format == OutputFormat.PARQUET) {
      pipeline.apply(Create.of("a")).apply(RowFiles.parquet("out", "rows", row));
    } else {
      pipeline.apply(Create.of(KV.of("rows", "{}"))).apply(RowFiles.jsonLines("out"));
    }
  }
}
