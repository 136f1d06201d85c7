/**
 * The {@code gemoclap} command: entry points and {@code doctor}. Other commands are in the packages
 * below.
 */
package io.gemoclap.cli;
