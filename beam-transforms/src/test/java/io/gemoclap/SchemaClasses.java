package io.gemoclap;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/** Every class of this library that has a Beam schema, found by its annotation. */
final class SchemaClasses {
  private SchemaClasses() {}

  static List<Class<?>> all() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests()).importPackages("io.gemoclap").stream()
            .filter(imported -> imported.isAnnotatedWith(DefaultSchema.class))
            .<Class<?>>map(imported -> imported.reflect())
            .sorted((a, b) -> a.getName().compareTo(b.getName()))
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
