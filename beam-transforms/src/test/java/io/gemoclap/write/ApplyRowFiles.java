package io.gemoclap.write;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;

/** Applies {@link RowFiles} to a pipeline that does not run, also in another class loader. */
public final class ApplyRowFiles implements Runnable {
  private final OutputFormat format;

  /** With the name of an {@link OutputFormat}. */
  public ApplyRowFiles(String format) {
    this.format = OutputFormat.valueOf(format);
  }

  @Override
  public void run() {
    Pipeline.create()
        .apply(Create.of("a"))
        .apply(
            new RowFiles<>(
                "out",
                "rows",
                new RowType<>(
                    "Row", List.of(new RowType.Column<>("text", ColumnType.TEXT, text -> text))),
                format));
  }
}
