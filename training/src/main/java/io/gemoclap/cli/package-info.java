/** The {@code gemoclap} command: one class a subcommand, everything else behind it. */
package io.gemoclap.cli;
