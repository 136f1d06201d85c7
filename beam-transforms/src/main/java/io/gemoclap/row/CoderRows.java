package io.gemoclap.row;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaProvider;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The schema of a class whose {@link DefaultCoder} is a {@link CompactCoder}: the coder's schema.
 * So {@code Convert.fromRows} finds it.
 *
 * <p>Beam prefers its own encoding of rows where a class has a schema and a step sets no coder.
 * Every transform of the library therefore sets the coder of such outputs, as {@code
 * CompactCodersTest} checks.
 *
 * @hidden
 */
@Internal
public final class CoderRows implements SchemaProvider {
  @Override
  public <T> Schema schemaFor(TypeDescriptor<T> type) {
    return coder(type).getSchema();
  }

  @Override
  public <T> SerializableFunction<T, Row> toRowFunction(TypeDescriptor<T> type) {
    return coder(type).getToRowFunction();
  }

  @Override
  public <T> SerializableFunction<Row, T> fromRowFunction(TypeDescriptor<T> type) {
    return coder(type).getFromRowFunction();
  }

  private static <T> CompactCoder<T> coder(TypeDescriptor<T> type) {
    DefaultCoder annotation = type.getRawType().getAnnotation(DefaultCoder.class);
    if (annotation == null || annotation.value() == null) {
      throw new IllegalArgumentException(type + " has no default coder");
    }
    try {
      CoderProvider provider =
          (CoderProvider) annotation.value().getMethod("getCoderProvider").invoke(null);
      return (CompactCoder<T>) provider.coderFor(type, List.of());
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | CannotProvideCoderException e) {
      throw new IllegalArgumentException(annotation.value() + " provides no coder of " + type, e);
    }
  }
}
