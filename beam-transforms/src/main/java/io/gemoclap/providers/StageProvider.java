package io.gemoclap.providers;

import io.gemoclap.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.TypedSchemaTransformProvider;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;

/**
 * A stage as a schema transform. Its output {@code rows} has the results, {@code failures} a row
 * for each item that has none.
 *
 * @param <C> its configuration: an AutoValue class whose fields have descriptions
 */
abstract class StageProvider<C> extends TypedSchemaTransformProvider<C> {
  static final String INPUT = "input";
  static final String ROWS = "rows";
  static final String FAILURES = "failures";

  private final String name;
  private final String description;

  StageProvider(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /**
   * Adds the stage to a pipeline.
   *
   * @param failures takes the failures
   * @return the results, which have a schema
   */
  abstract PCollection<?> expand(
      C configuration, PCollectionRowTuple input, List<PCollection<Failure>> failures);

  @Override
  public final String identifier() {
    return "beam:schematransform:io.gemoclap:" + name + ":v1";
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of(INPUT);
  }

  @Override
  public final List<String> outputCollectionNames() {
    return List.of(ROWS, FAILURES);
  }

  @Override
  protected final SchemaTransform from(C configuration) {
    return new SchemaTransform() {
      @Override
      public PCollectionRowTuple expand(PCollectionRowTuple input) {
        List<PCollection<Failure>> failures = new ArrayList<>();
        PCollection<?> results = StageProvider.this.expand(configuration, input, failures);
        PCollection<Failure> all =
            PCollectionList.of(failures).apply("AllFailures", Flatten.pCollections());
        return PCollectionRowTuple.of(ROWS, rows("Rows", results))
            .and(FAILURES, rows("FailureRows", all));
      }
    };
  }

  private static <T> PCollection<Row> rows(String name, PCollection<T> values) {
    return values.apply(name, Convert.toRows());
  }
}
