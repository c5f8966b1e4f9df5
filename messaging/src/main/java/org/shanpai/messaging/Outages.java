package org.shanpai.messaging;

import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.hibernate.StaleStateException;
import org.shanpai.chassis.problem.OutageSigns;
import org.shanpai.chassis.problem.Problem;

/** Tells failures that pass by themselves (a server is away) from those that never will. */
@ApplicationScoped
public class Outages implements OutageSigns {

  @Override
  public boolean outage(Throwable failure) {
    return passing(failure);
  }

  /** Whether trying the same again later can succeed. */
  static boolean passing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException database) {
        return passingState(database.getSqlState());
      }
      if (cause instanceof SQLException database) {
        return passingState(database.getSQLState());
      }
      if (cause instanceof Problem problem) {
        return problem.status() == 503;
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause.getClass().getName().contains("ClosedConnection")
          || cause.getClass().getName().contains("ConnectionPoolTooBusy")) {
        return true;
      }
      if (cause instanceof OptimisticLockException || cause instanceof StaleStateException) {
        // Somebody else changed the row meanwhile: the next try reads it as it is.
        return true;
      }
      String words = cause.getMessage();
      if (words != null
          && (words.contains("Connection reset")
              || words.contains("onnection was closed")
              || words.contains("onnection is closed")
              || words.contains("underlying connection may get lost")
              || words.contains("Pool closed")
              || words.contains("Timeout"))) {
        return true;
      }
      if (cause.getCause() == cause) {
        break;
      }
    }
    return false;
  }

  /** Classes 08 connection, 40 rollback, 53 resources, 57 operator, 58 system; 55P03 lock. */
  private static boolean passingState(String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.equals("55P03");
  }
}
