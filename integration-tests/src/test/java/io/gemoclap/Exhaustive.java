package io.gemoclap;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A slow variant of a test. Maven's profile {@code exhaustive} runs the tests with this annotation,
 * and a build without that profile runs all others. Each kind of test has at least one without it.
 */
@Tag("exhaustive")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Exhaustive {}
