package io.gemoclap.review.index;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Runs queries, each with a connection of its own. Thread-safe. */
record Queries(ResultsIndex index) {

  /** Takes a row. */
  interface RowTaker {
    void accept(ResultSet row) throws SQLException, IOException;
  }

  /** Gives the rows of a query one after the other. */
  void each(String sql, List<Object> parameters, RowTaker taker) throws IOException {
    try (Connection connection = index.connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.accept(rows);
        }
      }
    } catch (SQLException e) {
      throw new IOException("The index cannot be queried: " + e.getMessage(), e);
    }
  }

  /** The number that a query of one row and column gives. */
  long number(String sql, List<Object> parameters) throws IOException {
    long[] number = {0};
    each(sql, parameters, row -> number[0] = row.getLong(1));
    return number[0];
  }
}
