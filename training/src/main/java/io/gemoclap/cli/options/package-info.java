/** Options that several commands share. */
package io.gemoclap.cli.options;
