/**
 * Recordings and label sets out of Kafka topics, annotations and failures into them.
 *
 * <p>A source and a sink, not a step between them: it is to the right of {@code write}, whose
 * columns it publishes, and may import {@code failure}, {@code audio}, {@code score} and {@code
 * write}. Only this package touches Kafka.
 */
@NullMarked
package io.gemoclap.kafka;

import org.jspecify.annotations.NullMarked;
