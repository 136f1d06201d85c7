/** What all commands share: errors with an exit status, messages, progress and arguments. */
package io.gemoclap.cli.console;
