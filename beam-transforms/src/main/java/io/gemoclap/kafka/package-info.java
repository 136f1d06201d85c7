/**
 * Recordings and label sets out of Kafka topics, annotations and failures into them.
 *
 * <p>A place where data comes from and goes to, not a step between: it stands right of {@code
 * write}, whose columns it publishes, and may import {@code failure}, {@code audio}, {@code score}
 * and {@code write}. Only this package touches Kafka.
 */
@NullMarked
package io.gemoclap.kafka;

import org.jspecify.annotations.NullMarked;
