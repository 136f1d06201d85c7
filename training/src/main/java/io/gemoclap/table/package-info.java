/** Reads tables: CSV with a header, and JSON Lines. */
package io.gemoclap.table;
