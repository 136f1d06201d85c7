/**
 * Updates of a running job, for example a new model or new labels: each update is checked as it
 * arrives, and the newest valid one is used.
 */
@NullMarked
package io.gemoclap.refresh;

import org.jspecify.annotations.NullMarked;
