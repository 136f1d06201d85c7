/**
 * Tells how people sound in large amounts of speech, on Apache Beam.
 *
 * <pre>
 * audio ──▶ features ──▶ embed ──▶ score ──▶ write      each also usable alone
 *   │          │           │         │
 *   └──────────┴─ failure ─┴─────────┘                  one record for each bad item
 *                          └─ model ─┘                  the two towers and their bundle
 * </pre>
 *
 * <p>{@link io.gemoclap.AnnotateSpeech} is the front door and composes the stages. A stage imports
 * only stages to its left, {@code failure}, {@code live} and {@code model}; nobody imports this
 * package.
 */
package io.gemoclap;
