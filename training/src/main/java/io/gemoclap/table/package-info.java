/** Reads tables: CSV with a header, and JSON Lines. Imports no other package of ours. */
package io.gemoclap.table;
