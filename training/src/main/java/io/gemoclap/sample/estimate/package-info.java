/** What answers about the random part of a sample say of the whole archive, with intervals. */
@NullMarked
package io.gemoclap.sample.estimate;

import org.jspecify.annotations.NullMarked;
