package io.gemoclap;

import io.gemoclap.row.CoderRows;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * Every class of this library whose Beam schema comes from its getters, found by its annotation.
 */
final class SchemaClasses {
  private SchemaClasses() {}

  static List<Class<?>> all() {
    return LibraryClasses.all().stream()
        .filter(type -> type.isAnnotationPresent(DefaultSchema.class))
        .filter(type -> type.getAnnotation(DefaultSchema.class).value() != CoderRows.class)
        .toList();
  }

  /** The getters that become fields. */
  static List<Method> getters(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> method.getName().matches("(get|is)[A-Z].*"))
        .toList();
  }

  /** Prints the fields of each class in their order, a class a line, for {@code classes}. */
  public static void main(String[] classes) throws ReflectiveOperationException {
    for (String name : classes) {
      System.out.println(fields(Class.forName(name)));
    }
  }

  static String fields(Class<?> type) {
    try {
      Schema schema = SchemaRegistry.createDefault().getSchema(type);
      return type.getSimpleName() + " " + String.join(",", schema.getFieldNames());
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(type + " has no schema", e);
    }
  }
}
