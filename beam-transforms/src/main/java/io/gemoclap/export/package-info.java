/** Corpora in other people's formats, made of scored segments. */
@NullMarked
package io.gemoclap.export;

import org.jspecify.annotations.NullMarked;
