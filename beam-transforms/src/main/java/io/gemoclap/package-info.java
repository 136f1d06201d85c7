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
 * <p>{@link io.gemoclap.AnnotateSpeech} is the front door and composes the stages. A stage imports
 * only stages to its left, {@code failure}, {@code live}, {@code bundle} and {@code model}; nobody
 * imports this package.
 */
@NullMarked
package io.gemoclap;

import org.jspecify.annotations.NullMarked;
