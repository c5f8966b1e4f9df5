package org.shanpai.messaging;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An acknowledged order is never lost: refuses to start on a database that may forget commits. */
@ApplicationScoped
public class Durability {

  private static final String[] MUST_BE_ON = {"fsync", "synchronous_commit", "full_page_writes"};

  void check(@Observes @Priority(10) StartupEvent started, AgroalDataSource database)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      check(connection);
    }
  }

  /**
   * @throws IllegalStateException naming the setting that is off
   */
  static void check(Connection connection) throws SQLException {
    for (String setting : MUST_BE_ON) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("show " + setting)) {
        row.next();
        String value = row.getString(1);
        if (value.equals("off")) {
          throw new IllegalStateException(
              "PostgreSQL runs with "
                  + setting
                  + "=off and may forget what it acknowledged: set "
                  + setting
                  + "=on in its configuration.");
        }
      }
    }
  }
}
