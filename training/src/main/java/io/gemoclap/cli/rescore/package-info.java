/** {@code gemoclap rescore}: other labels or another model for results, without their audio. */
package io.gemoclap.cli.rescore;
