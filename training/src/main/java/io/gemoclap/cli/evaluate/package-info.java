/** {@code gemoclap evaluate}: bundles on corpora. */
package io.gemoclap.cli.evaluate;
