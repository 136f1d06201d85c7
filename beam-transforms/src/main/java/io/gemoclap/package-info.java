/**
 * Tells how people sound in large amounts of speech, on Apache Beam.
 *
 * <pre>
 * audio ──▶ features ──▶ embed ──▶ score ──▶ write      each also usable alone
 *   │          │           │         │
 *   └──────────┴─ failure ─┴─────────┘                  one record for each bad item
 *                          └ bundle ─┘                  which model, fetched and verified
 *                          └─ model ─┘                  the two towers
 * </pre>
 *
 * <p>{@link io.gemoclap.AnnotateSpeech} composes the stages. A stage imports only stages to its
 * left, {@code failure}, {@code refresh}, {@code bundle} and {@code model}; none imports this
 * package.
 */
@NullMarked
package io.gemoclap;

import org.jspecify.annotations.NullMarked;
